//! Tests of the assets: contrast of the tokens, budgets, names.

use std::collections::BTreeMap;

use super::*;

/// The tokens of `sheet` that are plain colours.
fn colours(sheet: &str) -> BTreeMap<&str, [f64; 3]> {
    sheet
        .split(';')
        .flat_map(|declaration| declaration.lines().last())
        .filter_map(|declaration| declaration.trim().rsplit_once('\u{20}').or(declaration.split_once(':')))
        .filter_map(|(name, value)| {
            Some((name.trim().strip_prefix("--")?.trim_end_matches(':'), rgb(value.trim())?))
        })
        .collect()
}

fn rgb(value: &str) -> Option<[f64; 3]> {
    let hex = value.strip_prefix('#')?;
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok().map(f64::from);
    Some([part(0)?, part(2)?, part(4)?])
}

/// WCAG 2.2, relative luminance.
fn luminance(colour: [f64; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = part / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn mix(part: f64, over: [f64; 3], under: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|at| over[at] * part + under[at] * (1.0 - part))
}

/// Text and the ground it stands on.
const TEXT: &[(&str, &str)] = &[
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "sunk"),
    ("ink", "weekend"),
    ("ink-2", "paper"),
    ("ink-2", "card"),
    ("ink-2", "sunk"),
    ("ink-3", "paper"),
    ("ink-3", "card"),
    ("ink-3", "sunk"),
    ("ink-3", "weekend"),
    ("ink-2", "hatch-ground"),
    ("ink-2", "coral-tint"),
    ("lagoon", "card"),
    ("lagoon", "paper"),
    ("on-lagoon", "lagoon"),
    ("lagoon-strong", "lagoon-tint"),
    ("ink", "lagoon-tint"),
    ("ink-2", "lagoon-tint"),
    ("lamp-ink", "lamp-tint"),
    ("coral", "card"),
    ("coral", "paper"),
    ("coral", "coral-tint"),
    ("on-coral", "coral"),
    ("moss", "card"),
    ("moss", "paper"),
    ("moss", "moss-tint"),
    ("on-moss", "moss"),
    ("on-night", "night"),
    ("on-night-2", "night"),
    ("on-night-moss", "night"),
    ("on-night", "night-3"),
    ("on-night-2", "night-3"),
    ("dawn-ink", "dawn"),
    ("day-ink", "day"),
    ("dusk-ink", "dusk"),
    ("dawn-ink", "card"),
    ("day-ink", "card"),
];

fn themes() -> [(&'static str, BTreeMap<&'static str, [f64; 3]>); 2] {
    let light = colours(TOKENS);
    let mut dark = light.clone();
    dark.extend(colours(DARK));
    [("light", light), ("dark", dark)]
}

#[test]
fn every_text_can_be_read_on_its_ground_in_both_themes() {
    for (theme, colours) in themes() {
        for (text, ground) in TEXT {
            let ratio = contrast(colours[text], colours[ground]);
            assert!(ratio >= 4.5, "{text} on {ground}, {theme}: {ratio:.2}");
        }
        for office in 0..8 {
            let disc = colours[format!("office-{office}").as_str()];
            let ratio = contrast([255.0; 3], disc);
            assert!(ratio >= 4.5, "initials on office {office}, {theme}: {ratio:.2}");
        }
    }
}

#[test]
fn borders_of_controls_can_be_seen_in_both_themes() {
    for (theme, colours) in themes() {
        for ground in ["card", "paper"] {
            let ratio = contrast(colours["line-2"], colours[ground]);
            assert!(ratio >= 2.9, "line-2 on {ground}, {theme}: {ratio:.2}");
        }
    }
}

/// Axe does not look into drawings, so the heat map's steps are computed here.
#[test]
fn figures_in_the_heat_map_can_be_read_on_every_step() {
    for (theme, colours) in themes() {
        for part in [0.07, 0.18, 0.32, 0.42] {
            let ratio = contrast(colours["ink"], mix(part, colours["lagoon"], colours["card"]));
            assert!(ratio >= 4.5, "ink on {part}, {theme}: {ratio:.2}");
        }
        assert!(contrast(colours["on-lagoon"], colours["lagoon"]) >= 4.5);
    }
}

#[test]
fn tokens_are_read_by_this_test() {
    assert!(colours(TOKENS).len() > 50, "{:?}", colours(TOKENS).keys());
    assert!(colours(DARK).len() > 30, "{:?}", colours(DARK).keys());
}

#[test]
fn assets_are_found_by_their_hashed_names_and_no_others() {
    for asset in all() {
        assert!(std::ptr::eq(find(&asset.hashed).expect("it is there"), asset));
        assert_eq!(href(asset.name), format!("/assets/{}", asset.hashed));
        assert!(find(asset.name).is_none());
    }
}

#[test]
fn scripts_import_each_other_by_hashed_names() {
    for asset in all().iter().filter(|asset| asset.name.ends_with(".js")) {
        let text = std::str::from_utf8(&asset.bytes).expect("scripts are UTF-8");
        for import in text.match_indices("from \"./").map(|(at, _)| &text[at..]) {
            let name =
                import.trim_start_matches("from \"./").split('"').next().expect("split gives one part");
            assert!(find(name).is_some(), "{} imports {name}", asset.name);
        }
    }
}

#[test]
fn style_sheets_close_what_they_open() {
    for asset in all().iter().filter(|asset| asset.name.ends_with(".css")) {
        let text = std::str::from_utf8(&asset.bytes).expect("style sheets are UTF-8");
        assert_eq!(text.matches('{').count(), text.matches('}').count(), "{}", asset.name);
        assert!(!text.contains("/*"), "{} still carries a comment", asset.name);
    }
}

#[test]
fn slimming_takes_comments_and_leaves_code() {
    let script = "// a\n/** b\n * c */\n/** @type {x} */ let over = 1; // d\n  if (a) { /* e */ b(); }\n\n";
    assert_eq!(slim(script, "js"), "let over = 1; // d\nif (a) { /* e */ b(); }\n");
    assert_eq!(slim("/* a */\n.b { c: d; e: f; }\n", "css"), ".b{c:d;e:f;}\n");
}
