//! Letters, compared whole, in both languages.

use chrono::{DateTime, Duration, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{Calendar, Rung, Span};

use super::*;
use crate::html::visitor::Attending;

fn evening() -> DateTime<Utc> {
    Tz::Europe__Paris.with_ymd_and_hms(2026, 12, 4, 23, 10, 0).unwrap().to_utc()
}

fn answer(language: &str, calendar: Calendar, attending: Attending) -> AutomaticAnswer {
    AutomaticAnswer {
        language: Language::parse(language).unwrap(),
        office: "Vieux-Port".to_owned(),
        calendar,
        zone: Tz::Europe__Paris,
        now: evening(),
        attending,
        subject: "AW: Boot zur Insel".to_owned(),
    }
}

#[test]
fn a_code_stands_in_the_subject_and_in_the_letter() {
    let letter = sign_in_code(Language::EN, "042917");
    assert_eq!(letter.subject, "Your sign-in code: 042 917");
    assert_eq!(
        letter.text,
        "This is your code to sign in to Veilleuse:\n\n    042 917\n\nIt is good for 10 minutes, once.\n\n\
         It was not you? Then somebody typed your address. Nothing happens without this code: do not pass it on, \
         and delete this letter.\n"
    );
    assert!(letter.html.unwrap().contains("042 917"));
    assert_eq!(sign_in_code(Language::FR, "042917").subject, "Votre code de connexion\u{202f}: 042 917");
}

#[test]
fn an_answer_s_subject_says_re_once_in_whatever_language_it_came() {
    for (subject, answered) in [
        ("Boat tomorrow?", "Re: Boat tomorrow?"),
        ("Re: Boat tomorrow?", "Re: Boat tomorrow?"),
        ("AW: Re: Boot", "Re: Boot"),
        ("RÉP : Bateau", "Re: Bateau"),
        ("Re[2]: Boat", "Re: Boat"),
        ("回复：船", "Re: 船"),
        ("Regarding: the boat", "Re: Regarding: the boat"),
        ("Two\r\n lines", "Re: Two lines"),
    ] {
        assert_eq!(re(subject), answered);
    }
}

#[test]
fn an_answer_is_signed_by_its_office() {
    let letter = reply(&Reply {
        language: Language::EN,
        office: "Vieux-Port".to_owned(),
        given_name: "Ann".to_owned(),
        body: "Yes, at 9:15.\r\nSee you!\n\n".to_owned(),
        subject: "Boat".to_owned(),
    });
    assert_eq!(letter.text, "Yes, at 9:15.\nSee you!\n\n-- \nAnn, Vieux-Port\n");
    assert_eq!(letter.subject, "Re: Boat");
}

#[test]
fn an_automatic_answer_tells_when_somebody_is_back() {
    let opens_at = Some(evening() + Duration::hours(10) - Duration::minutes(10));
    let letter = automatic_answer(&answer("en", Calendar::France, Attending::Nobody { opens_at }));
    assert_eq!(letter.subject, "Re: Boot zur Insel");
    assert_eq!(
        letter.text,
        "Hello,\n\nYour message has arrived and waits for us.\n\nNo one is on duty right now. Someone is back tomorrow \
         at 09:00 and will read it first.\n\nIn an emergency call 112.\n\n-- \nVieux-Port\nThis is an automatic message. \
         You need not answer it; if you do, your answer joins the first message.\n"
    );
}

#[test]
fn an_automatic_answer_knows_the_number_of_its_country_in_every_language() {
    for language in Words::VISITORS {
        let nobody = Attending::Nobody { opens_at: None };
        let french = automatic_answer(&answer(language, Calendar::France, nobody.clone())).text;
        let quebec = automatic_answer(&answer(language, Calendar::Quebec, nobody)).text;
        assert!(french.contains("112") && !french.contains("911"), "{french}");
        assert!(quebec.contains("911") && !quebec.contains("112"), "{quebec}");
    }
}

#[test]
fn an_automatic_answer_names_whoever_is_on_duty_and_nobody_else() {
    let until = evening() + Duration::minutes(50);
    let ann = Attending::Person { given_name: "Ann".to_owned(), colour: 0, until, answers_in: None };
    for language in Words::VISITORS {
        let text = automatic_sentence(&answer(language, Calendar::France, ann.clone()));
        assert!(text.contains("Ann") && text.contains("00:00"), "{text}");
        let nobody =
            automatic_sentence(&answer(language, Calendar::France, Attending::Nobody { opens_at: None }));
        assert!(!nobody.contains("Ann"), "{nobody}");
    }
}

#[test]
fn a_letter_about_shifts_lists_them_in_order_of_time() {
    let duty = |day: u32, from: u32, rung| {
        let start = Tz::Europe__Paris.with_ymd_and_hms(2026, 12, day, from, 0, 0).unwrap().to_utc();
        Duty { span: Span::new(start, start + Duration::hours(4)).unwrap(), rung }
    };
    let letter = shifts(&Shifts {
        given_name: "Ann".to_owned(),
        language: Language::EN,
        zone: Tz::Europe__Paris,
        now: evening(),
        home: "https://veilleuse.example".to_owned(),
        pool: "Lacs & Vallées".to_owned(),
        by: By::Published("Maud".to_owned()),
        message: "Thank you all!".to_owned(),
        changes: vec![
            Change::Gone(duty(13, 9, Rung::Lead)),
            Change::New(duty(7, 18, Rung::Lead)),
            Change::Moved { from: duty(9, 18, Rung::Lead), to: duty(9, 18, Rung::Backup) },
        ],
    });
    assert_eq!(letter.subject, "Lacs & Vallées: your shifts have changed (3)");
    assert_eq!(
        letter.text,
        "Hello Ann,\n\nMaud has changed the rota of Lacs & Vallées. This is new for you:\n\n“Thank you all!”\n\n\
         - New: Monday 7 December, 18:00–22:00, you lead\n\
         - Now: Wednesday 9 December, 18:00–22:00, you are backup (before: Wednesday 9 December, 18:00–22:00, you lead)\n\
         - No longer yours: Sunday 13 December, 09:00–13:00, you lead\n\n\
         All your shifts, and your calendar\nhttps://veilleuse.example/shifts#seen\n\n\
         Your calendar follows by itself, but some calendars look only once a day: that is why we also write.\n"
    );
    assert!(letter.html.unwrap().contains("Lacs &amp; Vallées"));
}
