//! Two pages in a real browser, open all the while: the advisor's inbox, and a visitor's conversation.

use acceptance::{
    browser::{Browser, Looks},
    eventually::eventually,
    nodes::Node,
};
use thirtyfour::Cookie;

use super::{
    desk::{Desk, FOR_A_PERSON},
    load::Load,
    scene::Scene,
};

/// Open pages.
pub struct Pages {
    inbox: Browser,
    visitor: Browser,
}

impl Pages {
    /// Opens both, through the switch, and writes a first message.
    pub async fn open(scene: &Scene, load: &Load) -> Self {
        let at = |path: &str| format!("http://{}{path}", scene.switch.address);
        let (inbox, visitor) = tokio::join!(Browser::open(Looks::DESK), Browser::open(Looks::PHONE));
        inbox.goes_to(&at("/sign-in")).await;
        let refresh = scene.page.refresh.clone().unwrap_or_default();
        for (name, value) in [("veilleuse-access", &scene.page.access), ("veilleuse-refresh", &refresh)] {
            inbox.driver.add_cookie(Cookie::new(name, value)).await.unwrap();
        }
        inbox.goes_to(&at("/inbox")).await;
        inbox.shows("#list").await;
        inbox.keeps_this_page().await;
        visitor.goes_to(&at(&format!("/c/{}", scene.office.slug))).await;
        let pages = Self { inbox, visitor };
        pages.writes("Page: we are lost in the vineyards.", load).await;
        pages.visitor.keeps_this_page().await;
        pages
    }

    /// The visitor writes, and their page says that it arrived.
    async fn writes(&self, body: &str, load: &Load) {
        let field = self.visitor.find("#write textarea[name=body]").await.unwrap();
        field.send_keys(body).await.unwrap();
        self.visitor.presses_at("#write button:not([type=button])").await;
        let settled = format!(
            "return [...document.querySelectorAll('#thread .me:not(.going) .b')].some(said => said.textContent === {body:?})"
        );
        eventually(&format!("the page shows that {body:?} arrived"), async || {
            self.visitor.ask::<bool>(&settled).await.ok()?.then_some(())
        })
        .await;
        load.was_written(body);
    }

    /// Both pages stand on the first node; it is killed; what happens on the other one shows on them.
    pub async fn outlive_their_node(
        &self,
        scene: &Scene,
        serving: &mut [Node; 2],
        load: &Load,
        desk: &Desk<'_>,
    ) {
        let [gone, other] = serving;
        scene.switch.points_at(&[gone.front, other.front]);
        eventually("both pages listen to the first node", async || {
            let (_, figures) = gone.asks_backstage("/metrics").await?;
            let streams = figures.lines().find_map(|line| line.strip_prefix("veilleuse_live_streams "))?;
            (streams.parse::<f64>().ok()? >= 2.0).then_some(())
        })
        .await;
        gone.is_killed();
        // Nobody reloads anything; what follows is heard of from the other node.
        let question = format!("{FOR_A_PERSON} is somebody still awake?");
        load.one_writes(&question).await;
        self.inbox.sees(&question).await;
        self.writes("Page: we have found the way.", load).await;
        let before = self.answers_seen().await;
        desk.answers_what_waits(false).await;
        eventually("the visitor's page shows the answer given on the other node", async || {
            (self.answers_seen().await > before).then_some(())
        })
        .await;
        assert!(scene.switch.lines_to(other.front) > 0 && scene.switch.lines_to(gone.front) == 0);
        self.inbox.was_not_reloaded().await;
        self.visitor.was_not_reloaded().await;
        gone.starts_again().await;
    }

    /// How many answers the visitor's page shows.
    async fn answers_seen(&self) -> usize {
        let text = self.visitor.text().await;
        text.matches("Answer ").count()
    }
}
