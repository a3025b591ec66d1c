//! Cells, as people write them.

use proptest::prelude::*;

use super::*;

#[test]
fn days_are_read_as_programs_and_as_people_write_them() {
    let july = NaiveDate::from_ymd_opt(2026, 7, 14).unwrap();
    for written in ["2026-07-14", "14/07/2026", "14.07.2026", "14/7/2026"] {
        assert_eq!(date(written), Ok(july), "{written}");
    }
    for wrong in ["", "07/14/2026", "2026-02-30", "14/07/26", "1/2", "0000-01-01", "9999-12-31", "+026-07-14"]
    {
        assert_eq!(date(wrong), Err(Wrong::NotADate), "{wrong}");
    }
}

#[test]
fn times_are_read_in_both_countries() {
    let at = |hour, minute| Ok(NaiveTime::from_hms_opt(hour, minute, 0).unwrap());
    assert_eq!(
        [clock("18:00"), clock("18h30"), clock("9 h"), clock("24:00")],
        [at(18, 0), at(18, 30), at(9, 0), at(0, 0)]
    );
    for wrong in ["", "25:00", "18:60", "18", "6pm", "24:01"] {
        assert_eq!(clock(wrong), Err(Wrong::NotATime), "{wrong}");
    }
}

#[test]
fn lengths_are_read_as_contracts_write_them() {
    let week = hours(60);
    assert_eq!(week("35"), Ok(Minutes(2_100)));
    assert_eq!([week("17,5"), week("17.50"), week("17:30"), week("17h30")], [Ok(Minutes(1_050)); 4]);
    for wrong in ["", "-1", "61", "17:5", "17,555", "full"] {
        assert_eq!(week(wrong), Err(Wrong::NotALength), "{wrong}");
    }
    assert_eq!([minutes(240)("45"), minutes(240)("0:45"), minutes(240)("45 min")], [Ok(Minutes(45)); 3]);
}

#[test]
fn days_of_the_week_are_read_by_name_range_and_number() {
    for written in
        ["mon-fri", "lun-ven", "1-5", "lundi mardi mercredi jeudi vendredi", "Mon, Tue, Wed, Thu, Fri"]
    {
        assert_eq!(days(written), Ok(Days::WORKDAYS), "{written}");
    }
    assert_eq!(days("sam dim fériés"), Ok(Days::FREE));
    for wrong in ["", "fri-mon", "mon-holidays", "someday", "9"] {
        assert_eq!(days(wrong), Err(Wrong::NotDays), "{wrong}");
    }
}

#[test]
fn a_last_day_is_meant_with_its_evening_and_clocks_hang_in_the_office() {
    let row = |from: &str, until: &str| Row {
        line: 2,
        cells: [(Column::From, from.to_owned()), (Column::Until, until.to_owned())].into(),
    };
    let mut cells = Cells::default();
    let span = cells.span(&row("2026-10-24", "25/10/2026"), Tz::Europe__Paris, 30).unwrap();
    assert_eq!(span.length(), Minutes(49 * 60), "the clocks go back in that night");
    let evening = cells.span(&row("2026-07-14 18:00", "2026-07-14 24:00"), Tz::Europe__Paris, 30).unwrap();
    assert_eq!(evening.length(), Minutes(6 * 60));
    assert_eq!(cells.span(&row("2026-07-14", "2026-07-13"), Tz::Europe__Paris, 30), Err(Flawed));
    assert_eq!(cells.span(&row("2026-07-14", "2027-07-13"), Tz::Europe__Paris, 30), Err(Flawed));
    let wrong: Vec<_> = cells.faults().into_iter().map(|fault| fault.wrong).collect();
    assert_eq!(wrong, [Wrong::EndsBeforeItStarts, Wrong::LastsTooLong(30)]);
}

proptest! {
    #[test]
    fn no_cell_makes_it_panic(cell in "\\PC{0,30}", odd in "[0-9:/.,hT+Z -]{0,25}") {
        for cell in [&cell, &odd] {
            let _ = (date(cell), clock(cell), moment(cell), hours(60)(cell), minutes(240)(cell));
            let _ = (days(cell), languages(cell), yes_or_no(cell), email(cell), text(20)(cell));
        }
    }

    #[test]
    fn days_come_back_as_they_were_written(bits in 1u8..=255, french: bool) {
        prop_assert_eq!(days(&days_written(Days(bits), french)), Ok(Days(bits)));
    }
}

#[test]
fn languages_are_those_there_are_each_at_one_level() {
    let read = |cell: &str| {
        languages(cell).map(|(all, skills)| {
            skills.spoken(&all).iter().map(Spoken::to_string).collect::<Vec<_>>().join(" ")
        })
    };
    assert_eq!(read("fr, de-B2; ar fr"), Ok("fr de-B2 ar".to_owned()));
    assert_eq!(read("xx"), Err(Wrong::NotALanguage), "two letters that are no language");
    assert_eq!(read("de-B7"), Err(Wrong::NotALevel));
    assert_eq!(read("de de-A1"), Err(Wrong::TwoLevels), "spoken at any level, or poorly?");
    assert_eq!(read("de-A1 de-A1"), Ok("de-A1".to_owned()));
}
