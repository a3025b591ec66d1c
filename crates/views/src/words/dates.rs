//! Days, hours, lengths and amounts, as each language writes them.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use domain::{Cents, Minutes};

use super::Words;

/// The words of a calendar in one language.
struct CalendarWords {
    days: [&'static str; 7],
    days_short: [&'static str; 7],
    months: [&'static str; 12],
    months_short: [&'static str; 12],
}

const EN: CalendarWords = CalendarWords {
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    days_short: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    months_short: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
};

const FR: CalendarWords = CalendarWords {
    days: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    days_short: ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    months_short: [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ],
};

const DE: CalendarWords = CalendarWords {
    days: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    days_short: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    months_short: [
        "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
    ],
};

const IT: CalendarWords = CalendarWords {
    days: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
    days_short: ["lun", "mar", "mer", "gio", "ven", "sab", "dom"],
    months: [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    months_short: ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
};

const NL: CalendarWords = CalendarWords {
    days: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    days_short: ["ma", "di", "wo", "do", "vr", "za", "zo"],
    months: [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    months_short: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
};

const ES: CalendarWords = CalendarWords {
    days: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    days_short: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    months_short: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
};

const ZH: CalendarWords = CalendarWords {
    days: ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
    days_short: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
    months_short: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
};

impl Words {
    fn calendar(self) -> &'static CalendarWords {
        match self.language().code() {
            "fr" => &FR,
            "de" => &DE,
            "it" => &IT,
            "nl" => &NL,
            "es" => &ES,
            "zh" => &ZH,
            _ => &EN,
        }
    }

    /// "Friday", "vendredi".
    pub fn weekday(self, day: NaiveDate) -> &'static str {
        self.calendar().days[day.weekday().num_days_from_monday() as usize]
    }

    /// "Fri", "ven.".
    pub fn weekday_short(self, day: NaiveDate) -> &'static str {
        self.calendar().days_short[day.weekday().num_days_from_monday() as usize]
    }

    /// The weekdays from Monday on, in short.
    pub fn weekdays_short(self) -> [&'static str; 7] {
        self.calendar().days_short
    }

    /// The weekdays from Monday on.
    pub fn weekdays(self) -> [&'static str; 7] {
        self.calendar().days
    }

    /// "December", "décembre".
    pub fn month(self, day: NaiveDate) -> &'static str {
        self.calendar().months[day.month0() as usize]
    }

    /// "Dec", "déc.".
    pub fn month_short(self, day: NaiveDate) -> &'static str {
        self.calendar().months_short[day.month0() as usize]
    }

    /// The number of a day as dates write it: "1er" in French, "4." in German, "4日" in Chinese.
    fn ordinal(self, day: NaiveDate) -> String {
        match (self.language().code(), day.day()) {
            ("fr", 1) => "1er".to_owned(),
            ("de", number) => format!("{number}."),
            ("zh", number) => format!("{number}日"),
            (_, number) => number.to_string(),
        }
    }

    /// "4 December", "1er décembre", "12月4日".
    pub fn date(self, day: NaiveDate) -> String {
        match self.language().code() {
            "zh" => format!("{}{}", self.month(day), self.ordinal(day)),
            "es" => format!("{} de {}", day.day(), self.month(day)),
            _ => format!("{} {}", self.ordinal(day), self.month(day)),
        }
    }

    /// "4 Dec", "4 déc.".
    pub fn date_short(self, day: NaiveDate) -> String {
        match self.language().code() {
            "zh" => self.date(day),
            _ => format!("{} {}", self.ordinal(day), self.month_short(day)),
        }
    }

    /// "4 December 2026".
    pub fn date_year(self, day: NaiveDate) -> String {
        match self.language().code() {
            "zh" => format!("{}年{}", day.year(), self.date(day)),
            "es" => format!("{} de {}", self.date(day), day.year()),
            _ => format!("{} {}", self.date(day), day.year()),
        }
    }

    /// "December 2026".
    pub fn month_year(self, day: NaiveDate) -> String {
        match self.language().code() {
            "zh" => format!("{}年{}", day.year(), self.month(day)),
            "es" => format!("{} de {}", self.month(day), day.year()),
            _ => format!("{} {}", self.month(day), day.year()),
        }
    }

    /// "Friday 4 December", "vendredi 4 décembre".
    pub fn day(self, day: NaiveDate) -> String {
        match self.language().code() {
            "zh" => format!("{} {}", self.date(day), self.weekday(day)),
            "de" | "es" => format!("{}, {}", self.weekday(day), self.date(day)),
            _ => format!("{} {}", self.weekday(day), self.date(day)),
        }
    }

    /// "Fri 4 Dec", "ven. 4 déc.".
    pub fn day_short(self, day: NaiveDate) -> String {
        match self.language().code() {
            "zh" => format!("{} {}", self.date_short(day), self.weekday_short(day)),
            _ => format!("{} {}", self.weekday_short(day), self.date_short(day)),
        }
    }

    /// "today", "tomorrow", "yesterday", else "Friday 4 December".
    pub fn near_day(self, day: NaiveDate, today: NaiveDate) -> String {
        match (day - today).num_days() {
            0 => self.say("day-today"),
            1 => self.say("day-tomorrow"),
            -1 => self.say("day-yesterday"),
            _ => self.day(day),
        }
    }

    /// From the first to the last day, both included: "30 November – 13 December", "7–20 December".
    pub fn days(self, first: NaiveDate, last: NaiveDate) -> String {
        if first == last {
            return self.date(first);
        }
        if (first.year(), first.month()) == (last.year(), last.month()) && self.language().code() != "zh" {
            return format!("{}–{}", self.ordinal(first), self.date(last));
        }
        format!("{} – {}", self.date(first), self.date(last))
    }

    /// "18:00".
    pub fn time(self, time: NaiveTime) -> String {
        time.format("%H:%M").to_string()
    }

    /// "18:00–22:00".
    pub fn hours(self, from: NaiveTime, until: NaiveTime) -> String {
        format!("{}–{}", self.time(from), self.time(until))
    }

    /// "18–22", "9:30–13", for narrow places.
    pub fn hours_short(self, from: NaiveTime, until: NaiveTime) -> String {
        let short = |time: NaiveTime| match time.minute() {
            0 => time.hour().to_string(),
            minute => format!("{}:{minute:02}", time.hour()),
        };
        format!("{}–{}", short(from), short(until))
    }

    /// "45 min", "1 h 52 min", "3 h".
    pub fn length(self, length: Minutes) -> String {
        match (length.0 / 60, length.0 % 60) {
            (0, minutes) => format!("{minutes}\u{a0}min"),
            (hours, 0) => format!("{hours}\u{a0}h"),
            (hours, minutes) => format!("{hours}\u{a0}h {minutes}\u{a0}min"),
        }
    }

    /// Hours with one digit: "12.5 h", "12,5 h".
    pub fn decimal_hours(self, minutes: i64) -> String {
        format!("{}\u{a0}h", self.tenths(minutes.abs(), 60))
    }

    /// Signed hours with one digit: "+2.3", "−0.2", "0.0".
    pub fn signed_hours(self, minutes: i64) -> String {
        let digits = self.tenths(minutes.abs(), 60);
        match minutes {
            ..=-3 => format!("−{digits}"),
            3.. => format!("+{digits}"),
            _ => digits,
        }
    }

    /// `amount / unit` with one digit, rounded half up.
    fn tenths(self, amount: i64, unit: i64) -> String {
        let tenths = (amount * 10 + unit / 2) / unit;
        let point = self.decimal_point();
        format!("{}{point}{}", tenths / 10, tenths % 10)
    }

    /// How often something counts, from basis points: "1", "1.25", "1,25".
    pub fn times(self, points: u32) -> String {
        let point = self.decimal_point();
        let digits = format!("{}{point}{:04}", points / 10_000, points % 10_000);
        digits.trim_end_matches('0').trim_end_matches(point).to_owned()
    }

    /// `amount` of the currency whose sign is `sign`: "€1,240" and "€14.50", or "1 240 €" and
    /// "14,50 €". Cents only where there are any.
    pub fn money(self, amount: Cents, sign: &str) -> String {
        let (negative, units, cents) = amount.parts();
        let english = matches!(self.language().code(), "en" | "zh");
        let minus = if negative { "−" } else { "" };
        let whole = grouped(units, if english { "," } else { "\u{202f}" });
        match (english, cents) {
            (true, 0) => format!("{minus}{sign}{whole}"),
            (true, _) => format!("{minus}{sign}{whole}.{cents:02}"),
            (false, 0) => format!("{minus}{whole}\u{202f}{sign}"),
            (false, _) => format!("{minus}{whole},{cents:02}\u{202f}{sign}"),
        }
    }

    /// What stands before the decimals of a number.
    pub fn decimal_point(self) -> char {
        if matches!(self.language().code(), "en" | "zh") { '.' } else { ',' }
    }

    /// Thousandths as a share of a hundred: "0.4 %", "12 %".
    pub fn thousandths(self, amount: i64) -> String {
        let (whole, part, point) = (amount / 10, amount % 10, self.decimal_point());
        let digits = if part == 0 { whole.to_string() } else { format!("{whole}{point}{part}") };
        let space = if self.french() { '\u{202f}' } else { '\u{a0}' };
        format!("{digits}{space}%")
    }

    /// Basis points as a share of a hundred: "10 %", "33,34 %".
    pub fn basis_points(self, amount: i64) -> String {
        let (whole, part) = (amount / 100, amount % 100);
        let point = self.decimal_point();
        if part == 0 { format!("{whole}\u{a0}%") } else { format!("{whole}{point}{part:02}\u{a0}%") }
    }

    /// A share of a hundred: "92 %".
    pub fn percent(self, part: usize, whole: usize) -> String {
        let percent = if whole == 0 { 100 } else { (part * 200 + whole) / (whole * 2) };
        match self.language().code() {
            "fr" => format!("{percent}\u{202f}%"),
            _ => format!("{percent}\u{a0}%"),
        }
    }
}

/// `number` in groups of three digits.
fn grouped(number: u64, separator: &str) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 8);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}
