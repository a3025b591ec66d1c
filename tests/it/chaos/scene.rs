//! Where it happens: an office on watch around the clock, today, and how its nodes are told.

use std::{sync::Arc, time::Duration};

use acceptance::{
    lines::{Switch, slow_line},
    mail::{Mailbox, post_office},
    nodes::{Node, told},
    town::{Line, Office, Person, Rows, Town, hours},
};
use app::{account::Tokens, settings::Post};
use domain::{Rung, Span, Tz};

/// What each answer of the mail server takes longer: a line as in the country.
const SLOW: Duration = Duration::from_millis(12);

/// An office, its advisor on duty, and the house closed: it is the nodes' now.
pub struct Scene {
    pub rows: Arc<Rows>,
    pub key: String,
    pub office: Office,
    pub ana: Person,
    pub mailbox: Mailbox,
    /// The browser in which Ana's answers are written by a robot.
    pub robot: Tokens,
    /// The browser in which her inbox lies open.
    pub page: Tokens,
    /// Where browsers find the house.
    pub switch: Switch,
}

impl Scene {
    pub async fn set(rows: Rows) -> Self {
        let town = Town::on(rows, "2026-07-04T21:00+02:00", Tz::Europe__Paris, Post::Mailbox).await;
        // The nodes have no clock but the machine's.
        let now = town.app.clock.machine_now();
        town.put_clock_to(now).await;
        let office = town.office("Riquewihr").covered("00:00–00:00").await;
        let smtp_port = slow_line(post_office().smtp_port, SLOW).await;
        let (mailbox, _) = office.opens_mailbox_by(Line { smtp_port, ..Line::direct() }).await;
        let ana = town.advisor("Ana").off_duty().await;
        let hour = chrono::Duration::hours(1);
        let duty = Span::new(now - hour, now + hour * 11).unwrap();
        ana.stands_watch(&town, hours("00:00–00:00"), duty, Rung::Lead).await;
        let (robot, page) = (ana.signs_in().await.unwrap(), ana.signs_in().await.unwrap());
        let key = town.app.settings.key.clone();
        let Town { app, rows, .. } = town;
        app.store.close().await;
        rows.change("delete from clock").await;
        Self { rows, key, office, ana, mailbox, robot, page, switch: Switch::open().await }
    }

    /// A node with doors, and the jobs too if it is alone.
    pub async fn serves(&self, works: bool) -> Node {
        let mut program = told(&self.rows, &self.key, "serve");
        program
            .env("VEILLEUSE_PUBLIC_URL", format!("http://{}", self.switch.address))
            .env("VEILLEUSE_BEHIND_PROXY", "true")
            .env("VEILLEUSE_NO_WORKER", (!works).to_string());
        Node::starts_told(program).await
    }

    /// A node without doors.
    pub async fn works(&self) -> Node {
        Node::starts(&self.rows, &self.key, "work").await
    }
}
