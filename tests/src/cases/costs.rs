//! Cost sharing: each method's list of problems with the shares that must come out.

use domain::Cents;
use membership::{
    Fraction, netting, shares,
    time_bank::{self, Category, Weights},
};
use serde_json::{Map, Value};

use super::{Outcome, expression};

type Case = Map<String, Value>;

/// Works out an object of methods, each with one problem or a list of them.
pub(super) fn run(text: &str) -> Result<Vec<Outcome>, String> {
    let methods: Map<String, Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut outcomes = Vec::new();
    for (method, cases) in &methods {
        let list = match cases {
            Value::Array(list) => list.clone(),
            one => vec![one.clone()],
        };
        for (number, case) in list.iter().enumerate() {
            let name = format!("{method} {}", number + 1);
            let answers = case
                .as_object()
                .ok_or("a case is an object".to_owned())
                .and_then(|case| answers(method, case));
            outcomes.push(match answers {
                Ok(answers) => compared(name, case, &answers),
                Err(why) => Outcome::unreadable(name, why),
            });
        }
    }
    Ok(outcomes)
}

/// Compares the fields that the case has, numbers with numbers however they are written.
fn compared(name: String, case: &Value, answers: &[(&str, Value)]) -> Outcome {
    let told: Vec<_> =
        answers.iter().filter_map(|(field, ours)| Some((*field, case.get(*field)?, ours))).collect();
    let side = |pick: fn(&(&str, &Value, &Value)) -> Value| {
        told.iter().map(|one| format!("{} {}", one.0, pick(one))).collect::<Vec<_>>().join(", ")
    };
    Outcome {
        name,
        expected: side(|one| one.1.clone()),
        came_out: side(|one| one.2.clone()),
        agrees: !told.is_empty() && told.iter().all(|(_, theirs, ours)| same(theirs, ours)),
    }
}

fn same(theirs: &Value, ours: &Value) -> bool {
    match (theirs, ours) {
        (Value::Array(theirs), Value::Array(ours)) => {
            theirs.len() == ours.len() && theirs.iter().zip(ours).all(|(theirs, ours)| same(theirs, ours))
        }
        _ => theirs == ours || fraction(theirs).is_ok_and(|theirs| fraction(ours) == Ok(theirs)),
    }
}

fn answers(method: &str, case: &Case) -> Result<Vec<(&'static str, Value)>, String> {
    match method {
        "netting" => netting(case),
        "serial" => serial(case),
        "time_bank" => time_bank(case),
        "two_part" => two_part(case),
        _ if method.starts_with("shapley_airport") => {
            Ok(vec![("shapley", shown(&shares::airport(&fractions(case, "standalone")?)))])
        }
        _ if method.starts_with("shapley_slot") => slot_union(case),
        // Equal, by population, by overnight stays, by usage: weights, and cents that sum up.
        _ => by_weight(case),
    }
}

fn by_weight(case: &Case) -> Result<Vec<(&'static str, Value)>, String> {
    let weights = match case.get("weights") {
        Some(_) => fractions(case, "weights")?,
        None => {
            vec![Fraction::from(1); usize::try_from(number(case, "n")?).map_err(|error| error.to_string())?]
        }
    };
    let all = shares::by_weight(Cents(number(case, "total_cents")?), &weights)
        .map_err(|error| error.to_string())?;
    Ok(vec![("shares", cents(&all))])
}

fn two_part(case: &Case) -> Result<Vec<(&'static str, Value)>, String> {
    let all = shares::two_part(
        Cents(number(case, "total_cents")?),
        Cents(number(case, "fixed_cents")?),
        &fractions(case, "fixed_weights")?,
        &fractions(case, "usage_weights")?,
    );
    Ok(vec![("shares", cents(&all.map_err(|error| error.to_string())?))])
}

fn slot_union(case: &Case) -> Result<Vec<(&'static str, Value)>, String> {
    let asked: Vec<Vec<String>> = array(case, "need")?
        .iter()
        .map(|slots| {
            Ok(slots.as_array().ok_or("need is a list of lists")?.iter().map(Value::to_string).collect())
        })
        .collect::<Result<_, String>>()?;
    let all = shown(&shares::slot_union(&asked, fraction(case.get("price").unwrap_or(&Value::Null))?));
    Ok(vec![
        ("shapley", all.clone()),
        ("closed_form_equal_split_per_slot", all),
        ("equal", Value::Bool(true)),
    ])
}

fn serial(case: &Case) -> Result<Vec<(&'static str, Value)>, String> {
    let cost = case.get("cost").and_then(Value::as_str).ok_or("cost is missing")?;
    // Asked once beforehand, so that a cost nobody can read is an error and not a nought.
    expression::value(cost, Fraction::from(1))?;
    let price = |demand| expression::value(cost, demand).unwrap_or(Fraction::ZERO);
    Ok(vec![("shares", shown(&shares::serial(&fractions(case, "demands")?, price)))])
}

fn netting(case: &Case) -> Result<Vec<(&'static str, Value)>, String> {
    let balances = array(case, "balances_cents")?.iter().map(|one| one.as_i64().map(Cents));
    let balances: Vec<Cents> = balances.collect::<Option<_>>().ok_or("balances are whole cents")?;
    let transfers = netting::settle(&balances).map_err(|error| error.to_string())?;
    let shown = transfers.iter().map(|one| serde_json::json!([one.from, one.to, one.amount.0]));
    Ok(vec![("transfers", shown.collect())])
}

fn time_bank(case: &Case) -> Result<Vec<(&'static str, Value)>, String> {
    let given = array(case, "hours")?
        .iter()
        .map(|hours| {
            let hours = hours.as_object().ok_or("hours are by category")?;
            let one = |(word, hours): (&String, &Value)| {
                let category = Category::from_word(word).ok_or(format!("no category is called {word}"))?;
                Ok((category, fraction(hours)?))
            };
            hours.iter().map(one).collect()
        })
        .collect::<Result<Vec<Vec<_>>, String>>()?;
    let accounts = time_bank::accounts(&given, &fractions(case, "share")?, &Weights::default());
    let rate = case.get("rate_cents_per_weighted_hour").map_or(Ok(Fraction::ZERO), fraction)?;
    let all = |of: &dyn Fn(&time_bank::Account) -> Fraction| accounts.iter().map(of).collect::<Vec<_>>();
    let balances = all(&time_bank::Account::balance);
    let exact = all(&|account| account.cents(rate));
    let total: Fraction = accounts.iter().map(|account| account.contributed).sum();
    let sum: Fraction = balances.iter().copied().sum();
    Ok(vec![
        ("weighted_total", Value::String(total.to_string())),
        ("due", shown(&all(&|account| account.due))),
        ("contributed", shown(&all(&|account| account.contributed))),
        ("balance_hours", shown(&balances)),
        ("exact_cents", shown(&exact)),
        ("rounded_cents", shares::rounded(&exact).into_iter().map(Value::from).collect()),
        ("sum_zero", Value::Bool(sum == Fraction::ZERO)),
    ])
}

fn array<'c>(case: &'c Case, field: &str) -> Result<&'c Vec<Value>, String> {
    case.get(field).and_then(Value::as_array).ok_or(format!("{field} is missing or no list"))
}

fn number(case: &Case, field: &str) -> Result<i64, String> {
    case.get(field).and_then(Value::as_i64).ok_or(format!("{field} is missing or no whole number"))
}

fn fractions(case: &Case, field: &str) -> Result<Vec<Fraction>, String> {
    array(case, field)?.iter().map(fraction).collect()
}

fn fraction(value: &Value) -> Result<Fraction, String> {
    match value {
        Value::String(text) => {
            text.parse().map_err(|error: membership::fraction::NotAFraction| error.to_string())
        }
        Value::Number(number) => number.to_string().parse().map_err(|_| format!("{number} is no fraction")),
        other => Err(format!("{other} is no number")),
    }
}

fn shown(all: &[Fraction]) -> Value {
    all.iter().map(|one| Value::String(one.to_string())).collect()
}

fn cents(all: &[Cents]) -> Value {
    all.iter().map(|one| Value::from(one.0)).collect()
}
