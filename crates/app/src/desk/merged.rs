//! Pages out of several scopes, read as one list: what an advisor may see on duty and at their own desk.

use chrono::{DateTime, Utc};
use storage::page::{Ask, Page};
use uuid::Uuid;

/// By what a row is sorted: its instant, where the list is not in the order of ids, and its id.
pub(super) type Place = (Option<DateTime<Utc>>, Uuid);

/// The rows gathered so far, a page from each scope, all read with the same `ask`.
pub(super) struct Merged<T> {
    rows: Vec<T>,
    more: bool,
}

impl<T> Merged<T> {
    pub(super) fn new() -> Self {
        Self { rows: Vec::new(), more: false }
    }

    pub(super) fn add(&mut self, page: Page<T>) {
        self.more |= page.next.is_some();
        self.rows.extend(page.items);
    }

    /// The first page of them all. What two scopes show stands there once; `text` is a row's place as
    /// the cursor carries it.
    pub(super) fn page(
        mut self,
        ask: &Ask,
        place: impl Fn(&T) -> Place,
        text: impl Fn(&T) -> String,
    ) -> Page<T> {
        self.rows.sort_by_key(&place);
        if ask.descending {
            self.rows.reverse();
        }
        self.rows.dedup_by_key(|row| place(&*row).1);
        let most = usize::try_from(ask.limit).unwrap_or(usize::MAX);
        let more = self.more || self.rows.len() > most;
        self.rows.truncate(most);
        let next = self.rows.last().filter(|_| more).map(|last| (text(last), place(last).1));
        Page { items: self.rows, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(limit: u64, descending: bool) -> Ask {
        Ask { sort: "id", descending, after: None, limit }
    }

    fn merged(pages: [(&[u128], bool); 2], ask: &Ask) -> (Vec<u128>, Option<u128>) {
        let mut merged = Merged::new();
        for (ids, more) in pages {
            let next = more.then(|| (String::new(), Uuid::nil()));
            merged.add(Page { items: ids.to_vec(), next });
        }
        let page = merged.page(ask, |id| (None, Uuid::from_u128(*id)), ToString::to_string);
        (page.items, page.next.map(|(_, id)| id.as_u128()))
    }

    #[test]
    fn what_two_scopes_show_stands_once_and_in_order() {
        assert_eq!(merged([(&[1, 4], false), (&[2, 4], false)], &ask(5, false)), (vec![1, 2, 4], None));
        assert_eq!(merged([(&[4, 1], false), (&[4, 2], false)], &ask(5, true)), (vec![4, 2, 1], None));
    }

    #[test]
    fn what_does_not_fit_comes_on_the_next_page() {
        assert_eq!(merged([(&[1, 4], true), (&[2, 3], false)], &ask(2, false)), (vec![1, 2], Some(2)));
        assert_eq!(merged([(&[1], true), (&[], false)], &ask(1, false)), (vec![1], Some(1)));
    }
}
