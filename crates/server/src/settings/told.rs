//! What was said: on the command line, in the environment, in the file; and what is wrong with it.

use std::{cell::RefCell, collections::BTreeMap, fmt, path::PathBuf};

/// Every setting a file may hold, and what stands for it when nobody says anything.
pub(super) const KNOWN: [(&str, Option<&str>); 13] = [
    ("database", Some("sqlite:veilleuse.sqlite?mode=rwc")),
    ("key", None),
    ("signing_keys", None),
    ("public_url", None),
    ("smtp", None),
    ("smtp_trust", None),
    ("mail_from", None),
    ("behind_proxy", Some("false")),
    ("private_mailboxes", Some("false")),
    ("listen", Some("127.0.0.1:8080")),
    ("no_worker", Some("false")),
    ("backstage", None),
    ("owner_database", None),
];

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Said when the command was called.
    CommandLine,
    /// A variable.
    Environment,
    /// The file.
    File,
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CommandLine => "from the command line",
            Self::Environment => "from the environment",
            Self::File => "from the file",
            Self::Default => "by default",
        })
    }
}

/// What is wrong with a setting, and what to do. Never holds a secret's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Which setting, and where it was said.
    pub name: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.name, self.problem, self.remedy)
    }
}

/// Everything that was said.
pub struct Told {
    file: Option<PathBuf>,
    values: BTreeMap<String, (String, Source)>,
    mistakes: RefCell<Vec<Mistake>>,
}

impl Told {
    /// Puts together what `said` holds (the command line and the environment) and what the file does.
    pub(crate) fn gather<const N: usize>(
        file: Option<PathBuf>,
        said: [(&'static str, Option<String>); N],
    ) -> Self {
        let mut told =
            Self { file, values: BTreeMap::new(), mistakes: RefCell::new(crate::logs::mistakes()) };
        told.read_file();
        for (name, value) in said {
            if let Some(value) = value {
                let variable = std::env::var(variable(name)).ok();
                let same = variable.as_ref() == Some(&value);
                let source = if same { Source::Environment } else { Source::CommandLine };
                told.values.insert(name.to_owned(), (value, source));
            }
        }
        told
    }

    /// The setting `name` as `parse` reads it; a mistake is noted.
    pub(crate) fn read<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, (String, String)>,
    ) -> Option<T> {
        let Some((value, _)) = self.value(name) else {
            self.note(variable(name), "is missing".to_owned(), super::values::remedy(name).to_owned());
            return None;
        };
        if value.trim().is_empty() {
            self.note(self.place(name), "is empty".to_owned(), "give it a value or leave it out".to_owned());
            return None;
        }
        parse(&value).map_err(|(problem, remedy)| self.note(self.place(name), problem, remedy)).ok()
    }

    /// The same, for what may be left out: the outer `None` is a mistake.
    pub(crate) fn read_if_said<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, (String, String)>,
    ) -> Option<Option<T>> {
        if self.value(name).is_none() { Some(None) } else { self.read(name, parse).map(Some) }
    }

    /// A value and where it comes from.
    pub(crate) fn value(&self, name: &str) -> Option<(String, Source)> {
        self.values.get(name).cloned().or_else(|| {
            let (_, value) = KNOWN.iter().find(|(known, _)| *known == name)?;
            Some(((*value)?.to_owned(), Source::Default))
        })
    }

    /// What is wrong so far.
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.mistakes.borrow().clone()
    }

    /// The file, if there is one.
    pub fn file(&self) -> Option<&PathBuf> {
        self.file.as_ref()
    }

    fn note(&self, name: String, problem: String, remedy: String) {
        let mistake = Mistake { name, problem, remedy };
        let mut mistakes = self.mistakes.borrow_mut();
        if !mistakes.contains(&mistake) {
            mistakes.push(mistake);
        }
    }

    fn place(&self, name: &str) -> String {
        match (self.value(name), &self.file) {
            (Some((_, Source::File)), Some(file)) => format!("{name} in {}", file.display()),
            _ => variable(name),
        }
    }

    fn read_file(&mut self) {
        let Some(file) = self.file.clone() else { return };
        let place = file.display().to_string();
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) => {
                let remedy = "make it, let this user read it, or leave VEILLEUSE_SETTINGS out".to_owned();
                return self.note(place, format!("cannot be read ({error})"), remedy);
            }
        };
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            // Not the error's own words: they show the line, and the line may hold a secret.
            Err(error) => {
                let error: toml::de::Error = error;
                let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
                let remedy = "write every setting as name = \"value\", a line each".to_owned();
                return self.note(place, format!("line {line} is not TOML"), remedy);
            }
        };
        for (name, value) in table {
            self.take(&place, name, &value);
        }
    }

    fn take(&mut self, place: &str, name: String, value: &toml::Value) {
        if !KNOWN.iter().any(|(known, _)| *known == name) {
            let known: Vec<&str> = KNOWN.iter().map(|(known, _)| *known).collect();
            let remedy = format!("take it out; there are {}", known.join(", "));
            return self.note(format!("{name} in {place}"), "is no setting".to_owned(), remedy);
        }
        let value = match value {
            toml::Value::String(text) => text.clone(),
            toml::Value::Boolean(yes) => yes.to_string(),
            _ => {
                let remedy = "write it in quotation marks, or as true or false".to_owned();
                let problem = "is neither a text nor true or false".to_owned();
                return self.note(format!("{name} in {place}"), problem, remedy);
            }
        };
        self.values.insert(name, (value, Source::File));
    }
}

/// The variable of a setting.
pub(super) fn variable(name: &str) -> String {
    format!("VEILLEUSE_{}", name.to_uppercase())
}
