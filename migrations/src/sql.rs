//! Small words shared by the changes.

use sea_orm_migration::prelude::*;

/// The start of a new table.
pub fn created(table: &'static str) -> TableCreateStatement {
    Table::create().table(table).to_owned()
}

/// `table.column` names a row of `other` (its `id`), which cannot go while it is named.
pub fn reference(
    table: &'static str,
    column: &'static str,
    other: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(other, "id").on_delete(ForeignKeyAction::Restrict).to_owned()
}

/// A plain index, named after what it covers.
pub fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(format!("{table}_by_{}", columns.join("_"))).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

/// A unique index. Rows in which a column is null are all different, on both engines.
pub fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index =
        Index::create().name(format!("{table}_one_{}", columns.join("_"))).table(table).unique().to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}
