//! Welcome: what this is, and in the demo four doors to try it through.

use maud::{Markup, html};

use super::{
    components::{Face, brand, csrf},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// The four doors of the demo.
#[derive(Clone, Debug)]
pub struct Model {
    /// The demo region, such as "Lacs & Vallées".
    pub region: String,
    /// How many offices watch together.
    pub offices: usize,
    /// Who plans.
    pub planner: Face,
    /// Who stands watch.
    pub advisor: Face,
    /// Who buys.
    pub manager: Face,
    /// The office a visitor writes to: its name and short name.
    pub visited: (String, String),
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        div.welcome {
            header.sky {
                p { (brand()) }
                h1 { (words.say("welcome-title")) }
                p.lead { (words.say_with("welcome-lead", &[("region", (&*model.region).into()), ("offices", model.offices.into())])) }
            }
            ul.doors {
                (door(reader, "planner", Icon::Board, "welcome-planner", "welcome-planner-does", &model.planner))
                (door(reader, "advisor", Icon::Inbox, "welcome-advisor", "welcome-advisor-does", &model.advisor))
                (door(reader, "manager", Icon::Shield, "welcome-manager", "welcome-manager-does", &model.manager))
                li {
                    a.door href=(format!("/c/{}", model.visited.1)) {
                        span.door-mark { (icon(Icon::Globe)) }
                        span.door-text {
                            strong { (words.say("welcome-visitor")) }
                            span { (words.say_with("welcome-visitor-does", &[("office", (&*model.visited.0).into())])) }
                        }
                        (icon(Icon::Right))
                    }
                }
            }
            p.hint { (words.say("welcome-hint")) }
        }
    };
    shell::page(reader, frame, &words.say("welcome-page"), main)
}

fn door(reader: &Reader, name: &str, drawing: Icon, title: &str, does: &str, face: &Face) -> Markup {
    let words = reader.words();
    html! {
        li {
            form method="post" action=(format!("/demo/enter/{name}")) {
                (csrf(reader))
                button.door {
                    span.door-mark { (icon(drawing)) }
                    span.door-text {
                        strong { (words.say(title)) }
                        span { (words.say_with(does, &[("name", (&*face.given_name).into()), ("office", (&*face.office).into())])) }
                    }
                    (icon(Icon::Right))
                }
            }
        }
    }
}
