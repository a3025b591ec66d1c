//! Queueing figures: Erlang B, C and A, and chats of which one person holds several.

use scheduling::demand::{
    Service,
    chat::{self, Desk},
    erlang,
};

use super::{Outcome, Row, Table};

/// Figures agree when they differ by less than this, relative to those above one.
const NEAR: f64 = 1e-9;

/// Works out a table of queues.
pub(super) fn run(text: &str) -> Result<Vec<Outcome>, String> {
    let table = Table::read(text)?;
    let outcome = |row: Row<'_>| {
        let name = format!("{} {}", row.get("case").unwrap_or("?"), row.get("model").unwrap_or("?"));
        figures(row)
            .map_or_else(|why| Outcome::unreadable(name.clone(), why), |ours| compared(&name, row, &ours))
    };
    Ok(table.rows().map(outcome).collect())
}

fn compared(name: &str, row: Row<'_>, ours: &[(&'static str, f64)]) -> Outcome {
    let told: Vec<(&str, f64, f64)> =
        ours.iter().filter_map(|(column, ours)| Some((*column, figure(row.get(column)?)?, *ours))).collect();
    let near =
        |theirs: f64, ours: f64| theirs == ours || (theirs - ours).abs() <= NEAR * theirs.abs().max(1.0);
    let line = |pick: fn(&(&str, f64, f64)) -> f64| {
        told.iter().map(|one| format!("{} {}", one.0, pick(one))).collect::<Vec<_>>().join(", ")
    };
    Outcome {
        name: name.to_owned(),
        expected: line(|one| one.1),
        came_out: line(|one| one.2),
        agrees: !told.is_empty() && told.iter().all(|(_, theirs, ours)| near(*theirs, *ours)),
    }
}

fn figure(text: &str) -> Option<f64> {
    match text {
        "inf" | "Infinity" | "infinity" => Some(f64::INFINITY),
        other => other.parse().ok(),
    }
}

/// What we say of a line, by column.
fn figures(row: Row<'_>) -> Result<Vec<(&'static str, f64)>, String> {
    let model = row.get("model").ok_or("model is missing")?;
    let agents: u32 = row.parsed("agents").ok_or("agents is no whole number")?;
    let number = |column: &str| row.parsed::<f64>(column).ok_or_else(|| format!("{column} is no number"));
    let arrivals = || Ok::<f64, String>(number("arrivals_per_interval")? / number("interval_min")?);
    if model.starts_with("ErlangChat") {
        let handling = list(row.get("aht_min").unwrap_or_default())?;
        let desk = Desk {
            arrivals: arrivals()?,
            handling: &handling,
            patience: number("patience_min")?,
            people: usize::try_from(agents).map_err(|error| error.to_string())?,
        };
        return Ok(columns(&chat::service(&desk).ok_or("the chain is too large, or nobody is there")?));
    }
    let handling = number("aht_min").ok();
    let load = match (arrivals(), handling) {
        (Ok(arrivals), Some(handling)) => arrivals * handling,
        _ => number("load_erlang")?,
    };
    let mut all = vec![("load_erlang", load), ("erlang_b", erlang::b(load, agents))];
    if model.starts_with("ErlangA") {
        let handling = handling.ok_or("aht_min is missing")?;
        all.extend(columns(&erlang::impatient(load, agents, handling, number("patience_min")?)));
    } else if model.starts_with("ErlangC") {
        let handling = handling.ok_or("aht_min is missing")?;
        let service = columns(&erlang::patient(load, agents, handling));
        all.extend(service.into_iter().filter(|(column, _)| *column != "p_abandon"));
        if let Ok(target) = number("answer_target_min") {
            all.push(("service_level", erlang::answered_within(load, agents, target, handling)));
            if let Ok(wanted) = number("target_sl") {
                let fewest = erlang::agents_for(load, handling, target, wanted);
                all.push(("min_agents_for_target", fewest.map_or(f64::NAN, f64::from)));
            }
        }
    } else if !model.starts_with("ErlangB") {
        return Err(format!("no model is called {model}"));
    }
    Ok(all)
}

fn columns(service: &Service) -> Vec<(&'static str, f64)> {
    vec![
        ("p_wait", service.waiting),
        ("asa_min", service.mean_wait),
        ("occupancy", service.occupancy),
        ("p_abandon", service.giving_up),
    ]
}

fn list(text: &str) -> Result<Vec<f64>, String> {
    text.split('|').map(|one| one.trim().parse().map_err(|_| format!("{one:?} is no length"))).collect()
}
