//! From a definition and a query to one SQL statement. Only texts of the program stand in it; what a person
//! typed is bound.

use super::definition::{Column, ListDefinition, Order, Search};
use super::types::{ColumnKind, Criterion, ListQuery, Test};
use crate::database::{fold, host_in_ascii, search_fold};
use crate::error::{ErrorCode, Outcome, Parameters, Problem};
use crate::rights::Caller;
use crate::words::{Language, Words};
use std::fmt::Write;

/// A value bound to a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    /// A text.
    Text(String),
    /// An integer.
    Number(i64),
    /// Bytes, for example an id.
    Blob(Vec<u8>),
}

/// A statement and its values, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The statement's text, with `?` where a value is bound.
    pub sql: String,
    /// The values, in the order of their places in the text.
    pub bound: Vec<Bound>,
}

/// The column of this name.
///
/// # Errors
/// `list.unknown-column`
pub(super) fn column<'a>(definition: &'a ListDefinition, name: &str) -> Outcome<&'a Column> {
    definition
        .columns
        .iter()
        .find(|column| column.name == name)
        .ok_or_else(|| Problem::new(ErrorCode::UnknownColumn).with("column", name))
}

/// How the ids of an index are found.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Gives ids in order, as one hexadecimal text.
    pub ordered: Statement,
    /// The order is to be reversed: gives how many ids share each value, in order, as one text with commas.
    /// Within a value the order stays. None of a unique column's.
    pub reversed: Option<Reversed>,
    /// Each gives a set of ids, as one hexadecimal text; of the ordered ones those stay that are in all sets.
    pub among: Vec<Statement>,
}

/// What of an order is reversed.
#[derive(Debug, Clone, PartialEq)]
pub enum Reversed {
    /// All of it.
    Whole,
    /// Groups of so many ids.
    Groups(Statement),
}

/// What holds for the rows that an account may see and that match, besides the list's own condition.
pub(super) struct Matching {
    joins: Vec<&'static str>,
    conditions: Vec<String>,
    pub(super) bound: Vec<Bound>,
}

impl Matching {
    pub(super) fn need(&mut self, joins: &[&'static str]) {
        for join in joins {
            if !self.joins.contains(join) {
                self.joins.push(join);
            }
        }
    }

    /// The rows that match and are the list's.
    pub(super) fn from(&self, definition: &ListDefinition, caller: &Caller) -> String {
        self.rows_where(definition, caller, definition.condition)
    }

    /// The rows that match and fulfil this condition, if there is one.
    fn rows_where(&self, definition: &ListDefinition, caller: &Caller, condition: &str) -> String {
        let mut sql = format!(" FROM {}", definition.from_for(caller));
        for join in &self.joins {
            let _ = write!(sql, " {join}");
        }
        let own = (!condition.is_empty()).then_some(condition);
        let conditions: Vec<&str> = own
            .into_iter()
            .chain(self.conditions.iter().map(String::as_str))
            .collect();
        if !conditions.is_empty() {
            let _ = write!(sql, " WHERE {}", conditions.join(" AND "));
        }
        sql
    }
}

/// The most criteria of a query; a list has fewer columns.
const CRITERIA: usize = 64;

/// The conditions, but not the search's.
fn matching(
    definition: &ListDefinition,
    query: &ListQuery,
    caller: &Caller,
    extra: &[&Column],
) -> Outcome<Matching> {
    if query.criteria.len() > CRITERIA {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", CRITERIA));
    }
    let mut joins: Vec<&'static str> = Vec::new();
    let mut conditions = Vec::new();
    let mut bound = Vec::new();
    let mut need = |join: &'static str| {
        if !join.is_empty() && !joins.contains(&join) {
            joins.push(join);
        }
    };
    for column in extra {
        need(column.join);
    }
    if let (Some(organization), Some(chosen)) = (definition.organization, query.organization) {
        conditions.push(organization.condition());
        bound.push(Bound::Blob(chosen.blob().to_vec()));
    }
    conditions.extend(definition.visible.condition(caller)?);
    for criterion in &query.criteria {
        let column = column(definition, &criterion.column)?;
        need(column.join);
        let (condition, values) = condition(column, caller, &criterion.test);
        conditions.push(condition);
        bound.extend(values);
    }
    Ok(Matching {
        joins,
        conditions,
        bound,
    })
}

/// The condition that all words are found: in a text, or in the words that a column's values are shown in.
fn found(
    definition: &ListDefinition,
    text: &str,
    words: &[Word],
    caller: &Caller,
    language: Language,
) -> (String, Vec<Bound>) {
    let mut conditions = Vec::new();
    let mut bound = Vec::new();
    for word in words {
        let mut ways = vec![format!("instr({text}, ?) > 0")];
        bound.push(Bound::Text(word.plain.clone()));
        // Some texts are kept only folded, such as the names that lists are sorted by.
        if word.folded != word.plain {
            ways.push(ways[0].clone());
            bound.push(Bound::Text(word.folded.clone()));
        }
        for column in definition
            .columns
            .iter()
            .filter(|column| !column.label_prefix.is_empty())
        {
            let values = shown_as(column, &word.plain, language);
            if !values.is_empty() {
                ways.push(format!(
                    "{} IN (SELECT value FROM json_each(?))",
                    column.value_for(caller)
                ));
                bound.push(Bound::Text(serde_json::json!(values).to_string()));
            }
        }
        conditions.push(format!("({})", ways.join(" OR ")));
    }
    (conditions.join(" AND "), bound)
}

/// The values of a column whose words hold this one.
fn shown_as(column: &Column, word: &str, language: Language) -> Vec<String> {
    let words = Words::of(language);
    // What stands where a name is put in is found by the text of the row.
    let nothing = Parameters::from([("qualifier".to_owned(), "".into())]);
    let mut values: Vec<String> = column.choices.iter().map(|&choice| choice.to_owned()).collect();
    values.extend((column.values)());
    values.retain(|value| {
        let key = format!("{}{}", column.label_prefix, value.replace('.', "-"));
        words
            .with(&key, None, &nothing)
            .is_some_and(|shown| search_fold(&shown).contains(word))
    });
    values
}

/// A word that was typed into the search field.
struct Word {
    /// With the plain letters that stand for others (see [`search_fold`]).
    plain: String,
    /// Only folded.
    folded: String,
}

fn words(query: &ListQuery) -> Vec<Word> {
    let folded = fold(&query.search);
    let words = folded.split_whitespace().take(16);
    words
        .map(|word| Word {
            plain: search_fold(word),
            folded: word.to_owned(),
        })
        .collect()
}

/// All conditions, the search's too, and the order.
pub(super) fn all(
    definition: &ListDefinition,
    query: &ListQuery,
    caller: &Caller,
    language: Language,
) -> Outcome<(Matching, String)> {
    let sorted = sorted(definition, query)?;
    let needed: Vec<&Column> = sorted.iter().map(|(column, _)| *column).collect();
    let mut matching = matching(definition, query, caller, &needed)?;
    let words = words(query);
    if !words.is_empty() {
        let (condition, bound) = match definition.search {
            Search::Column(text) => found(definition, text, &words, caller, language),
            Search::Joined(text, joins) => {
                matching.need(joins);
                found(definition, text, &words, caller, language)
            }
            Search::Table(table, id) => {
                let (condition, bound) = found(definition, "search_key", &words, caller, language);
                let rows = format!("SELECT {id} FROM {table} WHERE {condition}");
                (format!("{} IN ({rows})", definition.id), bound)
            }
        };
        matching.conditions.push(condition);
        matching.bound.extend(bound);
    }
    let order = match sorted {
        Some((column, descending)) => {
            let direction = if descending { "DESC" } else { "ASC" };
            let mut order = String::new();
            for part in parts(&column.order_for(caller)) {
                let _ = write!(order, "{part} {direction}, ");
            }
            order + definition.order
        }
        None => definition.order.to_owned(),
    };
    Ok((matching, order))
}

/// The terms of an order: what stands between commas, but for those within brackets.
fn parts(order: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    order
        .split(|character| {
            match character {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            character == ',' && depth == 0
        })
        .map(str::trim)
        .collect()
}

/// The column a list is sorted by, and whether downwards.
fn sorted<'a>(definition: &'a ListDefinition, query: &ListQuery) -> Outcome<Option<(&'a Column, bool)>> {
    let Some(sort) = &query.sort else {
        return Ok(None);
    };
    let column = column(definition, &sort.column)?;
    if column.order.is_empty() {
        return Err(Problem::new(ErrorCode::UnknownColumn).with("column", sort.column.as_str()));
    }
    Ok(Some((column, sort.descending)))
}

fn packed(inner: &str, bound: Vec<Bound>) -> Statement {
    Statement {
        sql: format!("SELECT coalesce(group_concat(hex(id), ''), '') FROM ({inner})"),
        bound,
    }
}

/// How all matching ids are found in order. Where an index has the order, all ids are read off it and those taken
/// that match: sorting a hundred thousand rows takes longer than both.
///
/// # Errors
/// `list.unknown-column`, `right.missing`
pub fn index(
    definition: &ListDefinition,
    query: &ListQuery,
    caller: &Caller,
    language: Language,
) -> Outcome<Plan> {
    let id = definition.id;
    let sorted = sorted(definition, query)?;
    let read = match sorted {
        Some((column, _)) => column.read_for(caller),
        None => definition.read,
    };
    let asks_for_all = |matching: &Matching| matching.conditions.is_empty() && query.search.trim().is_empty();
    let sorts = match read {
        Order::Sorted => true,
        Order::IndexedForAll => !asks_for_all(&matching(definition, query, caller, &[])?),
        Order::Indexed | Order::IndexedGroups => false,
    };
    // What is made of what an account sees has no index.
    let sorts = sorts || (definition.limited.is_some() && !caller.is_administrator());
    if sorts {
        let (matching, order) = all(definition, query, caller, language)?;
        let from = matching.from(definition, caller);
        return Ok(Plan {
            ordered: packed(
                &format!("SELECT {id} AS id{from} ORDER BY {order}"),
                matching.bound,
            ),
            reversed: None,
            among: Vec::new(),
        });
    }
    let order = definition.order;
    let from = match definition.condition {
        "" => definition.from.to_owned(),
        condition => format!("{} WHERE {condition}", definition.from),
    };
    let key = sorted
        .map(|(column, _)| column.order)
        .filter(|key| !order.starts_with(key));
    let order = key.map_or_else(|| order.to_owned(), |key| format!("{key}, {order}"));
    let reversed = match (sorted, read) {
        (Some((_, false)) | None, _) | (_, Order::Sorted) => None,
        (Some((_, true)), Order::Indexed | Order::IndexedForAll) => Some(Reversed::Whole),
        (Some((column, true)), Order::IndexedGroups) => {
            let key = column.order;
            let counts = format!("SELECT count(*) AS size FROM {from} GROUP BY {key} ORDER BY {key}");
            Some(Reversed::Groups(Statement {
                sql: format!("SELECT coalesce(group_concat(size, ','), '') FROM ({counts})"),
                bound: Vec::new(),
            }))
        }
    };
    let mut among = Vec::new();
    // What an index answers is asked by itself: together with what none answers, the planner, which knows no numbers of
    // rows, would look up every row that the index gives.
    let (indexed, scanned): (Vec<_>, Vec<_>) =
        query
            .criteria
            .iter()
            .cloned()
            .partition(|Criterion { column, test }| {
                self::column(definition, column).is_ok_and(|column| is_indexed(column, test))
            });
    for criterion in indexed {
        let (condition, bound) = condition(
            self::column(definition, &criterion.column)?,
            caller,
            &criterion.test,
        );
        let own = match definition.condition {
            "" => String::new(),
            own => format!("{own} AND "),
        };
        among.push(packed(
            &format!(
                "SELECT {id} AS id FROM {} WHERE {own}{condition}",
                definition.from
            ),
            bound,
        ));
    }
    let scanned = ListQuery {
        criteria: scanned,
        ..query.clone()
    };
    let mut matching = matching(definition, &scanned, caller, &[])?;
    let words = words(query);
    if !words.is_empty() {
        match definition.search {
            Search::Column(text) | Search::Joined(text, _) => {
                if let Search::Joined(_, joins) = definition.search {
                    matching.need(joins);
                }
                let (condition, bound) = found(definition, text, &words, caller, language);
                matching.conditions.push(condition);
                matching.bound.extend(bound);
            }
            Search::Table(table, id) => {
                let (condition, bound) = found(definition, "search_key", &words, caller, language);
                among.push(packed(
                    &format!("SELECT {id} AS id FROM {table} WHERE {condition}"),
                    bound,
                ));
            }
        }
    }
    if !matching.conditions.is_empty() {
        // Without the list's own condition, which all ordered ids fulfil: with it, the planner would read the whole table row
        // by row through an index that has this condition, too, and is no use for the others.
        let from = matching.rows_where(definition, caller, "");
        among.push(packed(&format!("SELECT {id} AS id{from}"), matching.bound));
    }
    Ok(Plan {
        ordered: packed(
            &format!("SELECT {id} AS id FROM {from} ORDER BY {order}"),
            Vec::new(),
        ),
        reversed,
        among,
    })
}

/// Whether an index of the list's rows answers this criterion by itself.
fn is_indexed(column: &Column, test: &Test) -> bool {
    matches!(column.read, Order::Indexed | Order::IndexedGroups)
        && column.kind == ColumnKind::Choice
        && matches!(test, Test::AnyOf { values } if values.len() == 1)
}

/// The statement that gives, of these rows (as JSON) that an account may see, the id in hexadecimal digits and the values
/// of the columns, in no order.
///
/// # Errors
/// `right.missing` for a list that is the administrators' alone.
pub fn rows(
    definition: &ListDefinition,
    caller: &Caller,
    columns: &[&Column],
    ids: String,
) -> Outcome<Statement> {
    let mut matching = matching(definition, &ListQuery::default(), caller, columns)?;
    matching.conditions.push(format!(
        "{} IN (SELECT unhex(value) FROM json_each(?))",
        definition.id
    ));
    matching.bound.push(Bound::Text(ids));
    let mut values = vec![format!("hex({}) AS id", definition.id)];
    values.extend(columns.iter().map(|column| match column.kind {
        ColumnKind::Id => {
            let value = column.value_for(caller);
            format!("CASE typeof({value}) WHEN 'blob' THEN lower(hex({value})) ELSE {value} END")
        }
        _ => column.value_for(caller).into_owned(),
    }));
    let from = matching.from(definition, caller);
    Ok(Statement {
        sql: format!("SELECT {}{from}", values.join(", ")),
        bound: matching.bound,
    })
}

/// The ids of these rows that an account may see, as one hexadecimal text.
///
/// # Errors
/// `right.missing` for a list that is the administrators' alone.
pub fn visible(definition: &ListDefinition, caller: &Caller, ids: String) -> Outcome<Statement> {
    let mut matching = matching(definition, &ListQuery::default(), caller, &[])?;
    matching.conditions.push(format!(
        "{} IN (SELECT unhex(value) FROM json_each(?))",
        definition.id
    ));
    matching.bound.push(Bound::Text(ids));
    let from = matching.from(definition, caller);
    Ok(Statement {
        sql: format!(
            "SELECT coalesce(group_concat(hex({}), ''), ''){from}",
            definition.id
        ),
        bound: matching.bound,
    })
}

/// The condition that a value which is kept only as it was written holds the text, and what it binds: SQL makes small letters of
/// plain ones alone, and leaves accents where they are; an international host name is kept as the domain name system has it.
fn holds(value: &str, text: &str) -> (String, Vec<Bound>) {
    let lower = format!("lower({value})");
    let mut forms = vec![
        (lower.clone(), fold(text)),
        (lower.clone(), text.trim().to_lowercase()),
        (value.to_owned(), text.trim().to_owned()),
    ];
    if let Some(host) = host_in_ascii(text.trim()) {
        forms.push((lower, host));
    }
    let (ways, bound): (Vec<_>, Vec<_>) = forms
        .into_iter()
        .map(|(value, form)| (format!("instr({value}, ?) > 0"), Bound::Text(form)))
        .unzip();
    (format!("({})", ways.join(" OR ")), bound)
}

/// The condition of one criterion.
fn condition(column: &Column, caller: &Caller, test: &Test) -> (String, Vec<Bound>) {
    let value = column.value_for(caller);
    match (test, column.kind) {
        (Test::Contains { text }, ColumnKind::Tags) => {
            let (each, bound) = holds("each.value", text);
            (
                format!("EXISTS (SELECT 1 FROM json_each({value}) AS each WHERE {each})"),
                bound,
            )
        }
        // Digits and dots have no case.
        (Test::Contains { text }, ColumnKind::Version) => {
            (format!("instr({value}, ?) > 0"), vec![Bound::Text(fold(text))])
        }
        (Test::Contains { text }, _) => match column.folded {
            "" => holds(&value, text),
            folded => (
                format!("instr({folded}, ?) > 0"),
                vec![Bound::Text(search_fold(text))],
            ),
        },
        (Test::AnyOf { values }, ColumnKind::Tags) => (
            format!(
                "EXISTS (SELECT 1 FROM json_each({value}) AS each JOIN json_each(?) AS wanted ON lower(each.value) = lower(wanted.value))"
            ),
            vec![Bound::Text(serde_json::json!(values).to_string())],
        ),
        (Test::AnyOf { values }, ColumnKind::Id) if let Some(below) = column.below => (
            format!(
                "{value} IN (WITH RECURSIVE wanted (id) AS (SELECT unhex(value, '-') FROM json_each(?)), {below})"
            ),
            vec![Bound::Text(serde_json::json!(values).to_string())],
        ),
        // Ids come as they are shown: those of records with hyphens, those of products as they are.
        (Test::AnyOf { values }, ColumnKind::Id) => {
            let values = serde_json::json!(values).to_string();
            (
                format!(
                    "{value} IN (SELECT unhex(value, '-') FROM json_each(?) UNION ALL SELECT value FROM json_each(?))"
                ),
                vec![Bound::Text(values.clone()), Bound::Text(values)],
            )
        }
        // As it is stored, so that an index can be used; of one value also its order.
        (Test::AnyOf { values }, ColumnKind::Choice) if values.len() == 1 => (
            format!("{value} = ?"),
            values.iter().cloned().map(Bound::Text).collect(),
        ),
        (Test::AnyOf { values }, ColumnKind::Choice) => (
            format!("{value} IN (SELECT value FROM json_each(?))"),
            vec![Bound::Text(serde_json::json!(values).to_string())],
        ),
        (Test::AnyOf { values }, _) => (
            format!("CAST({value} AS TEXT) IN (SELECT value FROM json_each(?))"),
            vec![Bound::Text(serde_json::json!(values).to_string())],
        ),
        (Test::Range { from, to }, _) => {
            let tested = column.each.map_or(&*value, |(_, each)| each);
            let mut parts = vec![format!("{tested} IS NOT NULL")];
            let mut bound = Vec::new();
            for (limit, sign) in [(from, ">="), (to, "<=")] {
                if let Some(limit) = limit {
                    parts.push(format!("{tested} {sign} ?"));
                    bound.push(Bound::Number(*limit));
                }
            }
            let within = parts.join(" AND ");
            let condition = match column.each {
                Some((rows, _)) => format!("EXISTS (SELECT 1 FROM {rows} WHERE {within})"),
                None => format!("({within})"),
            };
            (condition, bound)
        }
        (Test::YesNo { value: wanted }, _) => {
            (format!("({value}) = ?"), vec![Bound::Number(i64::from(*wanted))])
        }
        (Test::Empty { value: wanted }, _) => {
            let empty = format!("({value} IS NULL OR {value} = '' OR {value} = '[]')");
            (if *wanted { empty } else { format!("NOT {empty}") }, Vec::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Time;
    use crate::ids::{AccountId, SessionId};
    use crate::lists::types::{ListName, Sort};
    use crate::lists::{Order, VisibleRows};
    use crate::rights::AccountRole;

    fn caller(role: AccountRole) -> Caller {
        Caller {
            account: AccountId::new(Time(1)),
            login: "hand".to_owned(),
            role,
            session: SessionId::new(Time(1)),
            language: Language::En,
            zone: None,
        }
    }

    fn list(columns: &'static [Column]) -> ListDefinition {
        ListDefinition {
            limited: None,
            list: ListName("things"),
            from: "thing AS t",
            id: "t.id",
            organization: None,
            visible: VisibleRows::Systems("t"),
            condition: "",
            search: Search::Column("t.search_key"),
            order: "t.name_key, t.id",
            read: Order::Sorted,
            columns,
        }
    }

    /// UI-20: an order of several terms is turned in each of them, and not within a function's arguments.
    #[test]
    fn terms_of_an_order() {
        assert_eq!(parts("a.x"), ["a.x"]);
        assert_eq!(parts("a.x, b.y"), ["a.x", "b.y"]);
        assert_eq!(
            parts("coalesce(w.a + w.b, 0), min(max(1, 2), 3)"),
            ["coalesce(w.a + w.b, 0)", "min(max(1, 2), 3)"]
        );
    }

    /// ORG-22: who does not see everything is shown, filters and sorts by what is made of what they see; an index of the other
    /// value is not used for them.
    #[test]
    fn a_limited_column_is_another_for_who_is_limited() {
        static COLUMNS: &[Column] = &[Column::new("count", ColumnKind::Number, "t.everything")
            .indexed(Order::Indexed)
            .limited(|caller| format!("seen_by('{}', 2)", caller.login))];
        let definition = list(COLUMNS);
        let query = ListQuery {
            criteria: vec![Criterion {
                column: "count".to_owned(),
                test: Test::Range {
                    from: Some(1),
                    to: None,
                },
            }],
            sort: Some(Sort {
                column: "count".to_owned(),
                descending: true,
            }),
            ..ListQuery::default()
        };
        let asked = |role| {
            let caller = caller(role);
            let plan = index(&definition, &query, &caller, Language::En).expect("a plan");
            let columns = [&definition.columns[0]];
            let rows = rows(&definition, &caller, &columns, String::new()).expect("rows");
            let mut sql = vec![plan.ordered.sql, rows.sql];
            sql.extend(plan.among.into_iter().map(|among| among.sql));
            sql.join("\n")
        };
        let (all, some) = (asked(AccountRole::Administrator), asked(AccountRole::Operator));
        assert!(all.contains("t.everything") && !all.contains("seen_by"), "{all}");
        assert!(
            some.contains("seen_by('hand', 2) DESC") && !some.contains("t.everything"),
            "{some}"
        );
    }
}
