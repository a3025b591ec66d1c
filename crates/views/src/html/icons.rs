//! Icons: our own line drawings, put into the page so that they take the colour of the text.

use maud::{Markup, PreEscaped, html};

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $paths:literal),+ $(,)?) => {
        /// A drawing on a grid of 24 by 24.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Icon { $($(#[$doc])* $name),+ }

        impl Icon {
            fn paths(self) -> &'static str {
                match self { $(Self::$name => $paths),+ }
            }
        }
    };
}

/// The drawing, hidden from screen readers: words beside it say the same.
pub fn icon(icon: Icon) -> Markup {
    html! { svg.i viewBox="0 0 24 24" aria-hidden="true" focusable="false" { (PreEscaped(icon.paths())) } }
}

/// The mark: an amber lamp left on.
pub fn lamp() -> Markup {
    html! {
        svg.mark viewBox="0 0 34 34" aria-hidden="true" focusable="false" {
            path.shade d="M11 6h12l5 14H6z" {}
            path.foot d="M17 20v7M10 28.5h14" {}
        }
    }
}

icons! {
    /// The rota.
    Board = r#"<rect x="3" y="4" width="18" height="16" rx="2"/><path d="M3 9.5h18M9 9.5V20"/>"#,
    /// Several people.
    People = r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.5-4 3-6 6.500-6s6 2 6.500 6"/><path d="M16 4.800a3.500 3.500 0 0 1 0 6.400M18 14.500c2 .8 3.200 2.600 3.500 5.500"/>"#,
    /// Messages.
    Inbox = r#"<path d="M4 13 6.500 5h11L20 13v6H4z"/><path d="M4 13h5l1.500 2.500h3L15 13h5"/>"#,
    /// Two things change places.
    Swap = r#"<path d="M7 4 3.500 7.500 7 11M3.500 7.500H17M17 13l3.500 3.500L17 20M20.500 16.500H7"/>"#,
    /// Files that come in and go out.
    Files = r#"<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9.500 14.500 12 12l2.500 2.500M12 12v6"/>"#,
    /// Figures.
    Chart = r#"<path d="M4 20V4M4 20h16"/><path d="M8.500 16v-4M12.500 16V8M16.500 16v-6"/>"#,
    /// Settings.
    Gear = r#"<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>"#,
    /// Earlier.
    Left = r#"<path d="m14.500 6-6 6 6 6"/>"#,
    /// Later.
    Right = r#"<path d="m9.500 6 6 6-6 6"/>"#,
    /// Opens below.
    Down = r#"<path d="m6 9.500 6 6 6-6"/>"#,
    /// Take back.
    Undo = r#"<path d="M8 5 4 9l4 4"/><path d="M4 9h10a6 6 0 0 1 0 12h-3"/>"#,
    /// On paper.
    Print = r#"<path d="M7 8V3h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v7H7z"/>"#,
    /// Stays where it is.
    Pin = r#"<path d="M9 3h6l-1 6 3 3v2H7v-2l3-3z"/><path d="M12 14v7"/>"#,
    /// Kept, done.
    Check = r#"<path d="m5 12.500 4.500 4.500L19 7.500"/>"#,
    /// Not, close.
    Cross = r#"<path d="M6 6l12 12M18 6 6 18"/>"#,
    /// Something is wrong.
    Warn = r#"<path d="M12 4 2.800 19.500h18.400z"/><path d="M12 10v4.500M12 17v.1"/>"#,
    /// At work.
    Spark = r#"<path d="M12 3v5M12 16v5M3 12h5M16 12h5M6 6l3 3M15 15l3 3M18 6l-3 3M9 15l-3 3"/>"#,
    /// Days.
    Calendar = r#"<rect x="3.500" y="5" width="17" height="15.500" rx="2"/><path d="M3.500 10h17M8 3v4M16 3v4"/>"#,
    /// Time.
    Clock = r#"<circle cx="12" cy="12" r="8.500"/><path d="M12 7v5l3.500 2"/>"#,
    /// Alerts.
    Bell = r#"<path d="M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 21h4"/>"#,
    /// A wish.
    Heart = r#"<path d="M12 20S4 15 4 9.500A4.200 4.200 0 0 1 12 7a4.200 4.200 0 0 1 8 2.500C20 15 12 20 12 20z"/>"#,
    /// One person.
    User = r#"<circle cx="12" cy="8" r="4"/><path d="M4.500 20.500c.6-4.400 3.400-6.500 7.500-6.500s6.900 2.100 7.500 6.500"/>"#,
    /// Send.
    Send = r#"<path d="M4 12 20 4l-5 16-3.500-6.500z"/><path d="m11.500 13.500 3-3"/>"#,
    /// The notebook.
    Book = r#"<path d="M4 5.500C6.500 4 9.500 4 12 5.500c2.500-1.500 5.500-1.500 8 0V19c-2.500-1.500-5.500-1.500-8 0-2.500-1.500-5.500-1.500-8 0z"/><path d="M12 5.500V19"/>"#,
    /// Find.
    Search = r#"<circle cx="11" cy="11" r="6.500"/><path d="m16 16 4.500 4.500"/>"#,
    /// Language.
    Globe = r#"<circle cx="12" cy="12" r="8.500"/><path d="M3.500 12h17M12 3.500c3 3 3 14 0 17M12 3.500c-3 3-3 14 0 17"/>"#,
    /// Add.
    Plus = r#"<path d="M12 5v14M5 12h14"/>"#,
    /// Ring.
    Phone = r#"<path d="M6 3.500h3l1.500 4.500-2 1.500c1 2.500 3 4.500 5.500 5.500l1.500-2 4.500 1.500v3c0 1.500-1 2.500-2.500 2.500C10.500 19.500 4 13 3.500 6 3.500 4.500 4.500 3.500 6 3.500z"/>"#,
    /// A place.
    Map = r#"<path d="M12 21s7-6.200 7-11.500a7 7 0 0 0-14 0C5 14.800 12 21 12 21z"/><circle cx="12" cy="9.500" r="2.500"/>"#,
    /// Stop.
    Stop = r#"<rect x="6" y="6" width="12" height="12" rx="2"/>"#,
    /// A note.
    Note = r#"<path d="M5 4h14v11l-5 5H5z"/><path d="M14 20v-5h5M9 9h6M9 13h3"/>"#,
    /// An attachment.
    Clip = r#"<path d="M19 11.500 12 18.500a4.200 4.200 0 0 1-6-6l7.500-7.500a2.800 2.800 0 0 1 4 4L10 16.500a1.400 1.400 0 0 1-2-2l6.500-6.500"/>"#,
    /// Evening, dark.
    Moon = r#"<path d="M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z"/>"#,
    /// Day, light.
    Sun = r#"<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M18.400 5.600 17 7M7 17l-1.400 1.400"/>"#,
    /// Morning.
    Sunrise = r#"<path d="M3 18h18M6 18a6 6 0 0 1 12 0M12 3v5M9.500 5.500 12 3l2.500 2.500M4 12l1.500 1M20 12l-1.500 1"/>"#,
    /// A mail.
    Mail = r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3.5 7 8.5 6 8.5-6"/>"#,
    /// Hours that are covered.
    Shield = r#"<path d="M12 3 4.500 6v5.500c0 4.500 3 7.700 7.500 9.500 4.500-1.800 7.500-5 7.500-9.500V6z"/><path d="m8.500 12 2.500 2.500 4.500-5"/>"#,
    /// Leave.
    Out = r#"<path d="M14 4h5v16h-5M4 12h11M11 8l4 4-4 4"/>"#,
    /// A code, a secret.
    Key = r#"<circle cx="8" cy="14" r="4.500"/><path d="m11.500 11 8-8M16 6.500l2.500 2.500"/>"#,
    /// More to choose from.
    More = r#"<path d="M5.500 12h.01M12 12h.01M18.500 12h.01"/>"#,
    /// Begin.
    Play = r#"<path d="M7.500 5v14l11-7z"/>"#,
    /// Come in.
    Door = r#"<path d="M6 21V4h9v17M3.500 21h17M12 12.500h.01"/>"#,
}
