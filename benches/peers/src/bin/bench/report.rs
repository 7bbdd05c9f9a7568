//! The results: as JSON, and as tables.

use crate::{
    contender::Contender,
    figures::{Figures, best},
    row::{Place, Row},
};
use std::io::{self, Write};

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
    // fanin's runtimes are columns of their own.
    let column = |c: &Contender| if c.library == "fanin" { c.name() } else { c.library.to_string() };
    let mut head = vec!["workload".to_string()];
    for f in rows.iter().flat_map(|(_, figures)| figures) {
        let column = column(&f.contender);
        if !head.contains(&column) {
            head.push(column);
        }
    }
    let line = |(row, figures): &&(Row, Vec<Figures>)| {
        let cell = |name: &String| {
            let failed = figures.iter().filter(|f| column(&f.contender) == *name).find_map(|f| f.failed);
            let best = best(figures, |c| column(c) == *name).and_then(Figures::min);
            best.map_or(failed.unwrap_or_default().to_string(), |min| format!("{min:.1}"))
        };
        [vec![row.name.clone()], head[1..].iter().map(cell).collect()].concat()
    };
    print(&head, &rows.iter().map(line).collect::<Vec<_>>());
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
    print(&head.map(String::from), &rows.iter().map(line).collect::<Vec<_>>());
}

/// A table in Markdown, its columns in line.
fn print(head: &[String], rows: &[Vec<String>]) {
    let width = |i: usize| rows.iter().map(|row| row[i].len()).max().unwrap_or(0).max(head[i].len());
    let widths: Vec<_> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let cells: Vec<_> =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        println!("| {} |", cells.join(" | "));
    };
    line(head);
    line(&widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>());
    rows.iter().for_each(|row| line(row));
}
