//! The results: as JSON, and as tables.

use crate::{
    figures::{Figures, best},
    row::{Place, Row},
};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// One JSON object a line for each contender of a row.
pub fn json(out: &mut impl Write, row: &Row, figures: &[Figures]) -> io::Result<()> {
    let per = if row.unit() == "ns" { "ns_per_op" } else { "bytes_per_task" };
    for f in figures {
        let c = &f.contender;
        write!(
            out,
            r#"{{"workload":"{}","contender":"{}","executor":"{}","#,
            row.name, c.library, c.executor
        )?;
        write!(out, r#""n":{},"#, row.n / c.share)?;
        match (f.min(), f.failed) {
            (Some(min), _) => writeln!(out, r#""{per}":{min:.1},"runs":{:.1?},"min":{min:.1}}}"#, f.runs)?,
            (None, why) => writeln!(out, r#""failed":"{}"}}"#, why.unwrap_or("no rounds"))?,
        }
    }
    Ok(())
}

/// For each place everybody's figures, and then fanin's beside its goals.
pub fn tables(rows: &[(Row, Vec<Figures>)]) {
    for (place, title) in [
        (Place::OneThread, "one thread, native"),
        (Place::TwoThreads, "two threads"),
        (Place::Wasm, "wasm, in node's V8"),
    ] {
        let here: Vec<_> = rows.iter().filter(|(row, _)| row.place == place).collect();
        if !here.is_empty() {
            println!(
                "\n{title}: ns per operation (park: bytes per task), the least of the rounds, each library on its best executor\n"
            );
            everybody(&here);
            println!("\n{title}: how many times faster than Go / than the best of the others\n");
            goals(&here);
        }
    }
}

fn everybody(rows: &[&(Row, Vec<Figures>)]) {
    let mut columns: Vec<String> = Vec::new();
    let cells: Vec<BTreeMap<String, String>> = rows
        .iter()
        .map(|(_, figures)| {
            let mut cells = BTreeMap::new();
            for f in figures {
                // fanin's runtimes are columns of their own.
                let c = &f.contender;
                let column = if c.library == "fanin" { c.name() } else { c.library.to_string() };
                let best =
                    best(figures, |o| o.library == c.library && (c.is_peer() || o.executor == c.executor));
                let failed = f.failed.unwrap_or_default();
                let text = best.and_then(Figures::min).map_or(failed.to_string(), |min| format!("{min:.1}"));
                if !columns.contains(&column) {
                    columns.push(column.clone());
                }
                cells.insert(column, text);
            }
            cells
        })
        .collect();
    let head = [vec!["workload".to_string()], columns.clone()].concat();
    let line = |((row, _), cells): (&&(Row, _), &BTreeMap<String, String>)| {
        let cell = |column| cells.get(column).cloned().unwrap_or_default();
        [vec![row.name.clone()], columns.iter().map(cell).collect()].concat()
    };
    print(head, rows.iter().zip(&cells).map(line).collect());
}

fn goals(rows: &[&(Row, Vec<Figures>)]) {
    let fanin = |figures: &[Figures]| best(figures, |c| c.stands_for_fanin()).and_then(Figures::min);
    let head = ["workload", "fanin", "Go", "best other", "", "x Go", "x other", "bar", "aim", "reached"];
    let line = |(row, figures): &&(Row, Vec<Figures>)| {
        let go = best(figures, |c| c.library == "go").and_then(Figures::min);
        let other = best(figures, |c| c.is_peer());
        let peer = other.and_then(Figures::min);
        let number = |n: Option<f64>| n.map_or(String::new(), |n| format!("{n:.1}"));
        let ours = fanin(figures);
        let times =
            |n: Option<f64>| n.zip(ours).map_or(String::new(), |(n, ours)| format!("{:.2}", n / ours));
        let lookup = |name: &str| rows.iter().find(|(r, _)| r.name == name).and_then(|(_, f)| fanin(f));
        let reached = ours.and_then(|ours| row.goal.reached(ours, go, peer, lookup));
        let [bar, aim] = row.goal.texts();
        vec![
            row.name.clone(),
            number(ours),
            number(go),
            number(peer),
            other.map_or(String::new(), |f| f.contender.name()),
            times(go),
            times(peer),
            bar,
            aim,
            reached.map_or(String::new(), |r| r.to_string()),
        ]
    };
    print(head.map(String::from).to_vec(), rows.iter().map(line).collect());
}

/// A table in Markdown, its columns in line.
fn print(head: Vec<String>, rows: Vec<Vec<String>>) {
    let widths: Vec<_> = (0..head.len())
        .map(|i| rows.iter().chain([&head]).map(|row| row[i].len()).max().unwrap_or_default())
        .collect();
    let line = |cells: &[String]| {
        let cells: Vec<_> = cells.iter().zip(&widths).map(|(c, w)| format!("{c:<w$}")).collect();
        println!("| {} |", cells.join(" | "));
    };
    line(&head);
    line(&widths.iter().map(|w| "-".repeat(*w)).collect::<Vec<_>>());
    rows.iter().for_each(|row| line(row));
}
