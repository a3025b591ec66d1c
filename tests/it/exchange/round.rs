//! What goes out comes in again and changes nothing, whatever it is and in both languages.

use acceptance::{
    on_both_engines,
    town::{Engine, Office, Town},
};
use app::exchange::Keeper;
use domain::{
    Language,
    exchange::{FileFormat, FileKind},
};

use super::{brings, calendar, manager, planner, table, taken};

on_both_engines! {
    office_hours_go_round,
    absences_go_round_with_their_reasons,
    past_duties_go_round_and_are_looked_back_on,
    a_notebook_goes_round_in_its_languages,
}

/// Takes a file out in both languages and brings it in again.
async fn goes_round(town: &Town, keeper: &Keeper, kind: FileKind, lines: u32) {
    for language in [Language::FR, Language::EN] {
        let out = taken(town, keeper, kind, FileFormat::Csv, language).await;
        brings(town, keeper, table(kind, &out), (0, 0, lines)).await;
    }
}

/// An office where Léa and Tom work since March.
async fn staffed(town: &Town) -> (Office, Keeper) {
    let office = town.office("Riquewihr").plain().await;
    let manager = manager(&office).await;
    let team = "email,given name,family name,languages,from,law,weekly hours\n\
        lea@lac.example,Léa,Moreau,fr en,2026-03-01,france_private,35\n\
        tom@lac.example,Tom,Petit,fr de,2026-03-01,france_public,17:30";
    brings(town, &manager, table(FileKind::People, team), (2, 0, 0)).await;
    (office, manager)
}

async fn office_hours_go_round(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let (_, manager) = staffed(&town).await;
    let hours = "courriel;jours;début;fin;pause;du;au\n\
        lea@lac.example;lun-ven;9h;17h;60;01/03/2026;\n\
        tom@lac.example;sam dim fériés;10:00;13:00;;01/03/2026;31/08/2026\n";
    brings(&town, &manager, table(FileKind::OfficeHours, hours), (2, 0, 0)).await;
    brings(&town, &manager, table(FileKind::OfficeHours, &hours.replace("17h;60", "17h30;45")), (0, 1, 1))
        .await;
    let late = "courriel;jours;début;fin;du;début les jours de garde;fin les jours de garde\n\
        lea@lac.example;mer;9h;17h;01/03/2026;11h;17h\n\
        tom@lac.example;mer;9h;17h;01/03/2026;repos;\n";
    brings(&town, &manager, table(FileKind::OfficeHours, late), (2, 0, 0)).await;
    goes_round(&town, &manager, FileKind::OfficeHours, 4).await;
}

async fn absences_go_round_with_their_reasons(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let (_, manager) = staffed(&town).await;
    let away = "email;from;until;reason\n\
        lea@lac.example;14/07/2026;26/07/2026;holidays; \n\
        tom@lac.example;2026-10-25 01:00;2026-10-25 04:00;\"the night, when\nclocks change\"\n";
    let away = away.replace("holidays; ", "holidays");
    brings(&town, &manager, table(FileKind::Absences, &away), (2, 0, 0)).await;
    brings(&town, &manager, table(FileKind::Absences, &away.replace("26/07", "27/07")), (0, 1, 1)).await;
    brings(
        &town,
        &manager,
        table(FileKind::Absences, &away.replace("26/07", "27/07").replace("holidays", "rest")),
        (0, 1, 1),
    )
    .await;
    goes_round(&town, &manager, FileKind::Absences, 2).await;
    let out = taken(&town, &manager, FileKind::Absences, FileFormat::Ics, Language::FR).await;
    brings(&town, &manager, calendar(FileKind::Absences, &out, None), (0, 0, 2)).await;
}

async fn past_duties_go_round_and_are_looked_back_on(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-05", "18:00–22:00").await;
    let bo = town.advisor("Bo").off_duty().await;
    let planner = planner(&town).await;
    let past = format!(
        "courriel;du;au;rang;garde\n{0};20/06/2026 18:00;20/06/2026 22:00;titulaire;permanence\n\
         {1};2026-06-20 18:00;2026-06-20 22:00;renfort;astreinte\n{0};2026-06-21 18h;2026-06-21 22h;;\n",
        ana.email, bo.email
    );
    brings(&town, &planner, table(FileKind::Duties, &past), (3, 0, 0)).await;
    brings(&town, &planner, table(FileKind::Duties, &past), (0, 0, 3)).await;
    // Ana's duty of tomorrow was published by the house itself.
    goes_round(&town, &planner, FileKind::Duties, 4).await;
    let out = taken(&town, &planner, FileKind::Duties, FileFormat::Ics, Language::EN).await;
    brings(&town, &planner, calendar(FileKind::Duties, &out, None), (0, 0, 4)).await;
}

async fn a_notebook_goes_round_in_its_languages(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T10:00+02:00").await;
    let (_, manager) = staffed(&town).await;
    let facts = "fact,language,title,text,team only,checked on\n\
        castle,fr,Château,Fermé le lundi,no,01/07/2026\n\
        castle,en,Castle,Closed on Mondays,no,01/07/2026\n\
        ,fr,Code du parking,4711,yes,\n";
    brings(&town, &manager, table(FileKind::Notebook, facts), (3, 0, 0)).await;
    brings(&town, &manager, table(FileKind::Notebook, facts), (0, 0, 3)).await;
    let german = facts.replace("4711", "4712") + "castle,de,Burg,Montags zu,no,01/07/2026\n";
    brings(&town, &manager, table(FileKind::Notebook, &german), (1, 1, 2)).await;
    goes_round(&town, &manager, FileKind::Notebook, 4).await;
}
