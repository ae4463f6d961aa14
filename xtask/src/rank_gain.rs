//! `cargo xtask rank-gain QRELS RUN BASE`: nDCG@10 of two rankings, and a paired bootstrap interval of their difference.

use anyhow::Context;
use std::collections::BTreeMap;

/// Resamples of the queries, from a fixed seed.
const N_RESAMPLES: usize = 10_000;

type PerQuery<T> = BTreeMap<String, T>;

/// Prints the comparison; false where a file cannot be read.
pub fn run_verb(files: &[String]) -> bool {
    let [qrels, run, base] = files else {
        eprintln!("give three files: QRELS RUN BASE");
        return false;
    };
    match compare(qrels, run, base) {
        Ok(line) => {
            println!("{line}");
            true
        }
        Err(error) => {
            eprintln!("{error:#}");
            false
        }
    }
}

fn lines(file: &str) -> anyhow::Result<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?;
    Ok(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

fn compare(qrels: &str, run: &str, base: &str) -> anyhow::Result<String> {
    let mut grades: PerQuery<BTreeMap<String, f64>> = BTreeMap::new();
    for line in lines(qrels)? {
        if let [query, doc, grade] = line.as_slice() {
            let grade = grade.trim().parse().with_context(|| format!("{qrels}: a grade is no number"))?;
            grades.entry(query.clone()).or_default().insert(doc.clone(), grade);
        }
    }
    let (run, base) = (gains(&grades, &ranked(run)?), gains(&grades, &ranked(base)?));
    let differences: Vec<f64> = run.iter().zip(&base).map(|(a, b)| a - b).collect();
    let (low, high) = interval(&differences);
    Ok(format!(
        "nDCG@10 {:.4}, base {:.4}, difference {:+.4}, 95% [{low:+.4}, {high:+.4}] over {} queries, {N_RESAMPLES} resamples",
        mean(&run),
        mean(&base),
        mean(&differences),
        run.len()
    ))
}

/// The documents of each query in the order of their rank.
fn ranked(file: &str) -> anyhow::Result<PerQuery<Vec<String>>> {
    let mut out: PerQuery<Vec<(usize, String)>> = BTreeMap::new();
    for line in lines(file)? {
        if let [query, doc, rank, ..] = line.as_slice() {
            let rank = rank.parse().with_context(|| format!("{file}: a rank is no number"))?;
            out.entry(query.clone()).or_default().push((rank, doc.clone()));
        }
    }
    Ok(out
        .into_iter()
        .map(|(query, mut docs)| {
            docs.sort();
            (query, docs.into_iter().map(|(_, doc)| doc).collect())
        })
        .collect())
}

fn gains(grades: &PerQuery<BTreeMap<String, f64>>, ranked: &PerQuery<Vec<String>>) -> Vec<f64> {
    let sum = |gains: &mut dyn Iterator<Item = f64>| {
        gains.take(10).enumerate().map(|(at, gain)| gain / ((at + 2) as f64).log2()).sum::<f64>()
    };
    grades
        .iter()
        .filter_map(|(query, judged)| {
            let mut best: Vec<f64> = judged.values().copied().collect();
            best.sort_by(|a, b| b.total_cmp(a));
            let ideal = sum(&mut best.into_iter());
            let docs = ranked.get(query).map(Vec::as_slice).unwrap_or_default();
            let got = sum(&mut docs.iter().map(|doc| judged.get(doc).copied().unwrap_or(0.0)));
            (ideal > 0.0).then(|| got / ideal)
        })
        .collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The middle 95 of 100 means of resampled differences.
fn interval(differences: &[f64]) -> (f64, f64) {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |n: usize| {
        // Xorshift (Marsaglia 2003): the same draw on every machine.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % n
    };
    if differences.is_empty() {
        return (0.0, 0.0);
    }
    let mut means: Vec<f64> = (0..N_RESAMPLES)
        .map(|_| {
            let sum: f64 =
                (0..differences.len()).map(|_| differences.get(next(differences.len())).copied().unwrap_or(0.0)).sum();
            sum / differences.len() as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    let at = |share: f64| means.get((share * N_RESAMPLES as f64) as usize).copied().unwrap_or(0.0);
    (at(0.025), at(0.975))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gains_and_intervals() {
        let judged = BTreeMap::from([("a".to_owned(), 2.0), ("b".to_owned(), 0.0)]);
        let grades = BTreeMap::from([("q".to_owned(), judged)]);
        let of =
            |docs: [&str; 2]| gains(&grades, &BTreeMap::from([("q".to_owned(), docs.map(str::to_owned).to_vec())]));
        assert_eq!(of(["a", "b"]), [1.0]);
        assert!(of(["b", "a"]).first().is_some_and(|gain| (gain - 0.6309).abs() < 1e-3));
        let (low, high) = interval(&[0.1, 0.1, 0.1]);
        assert!((low - 0.1).abs() < 1e-9 && (high - 0.1).abs() < 1e-9);
        let (low, high) = interval(&[-1.0, 1.0, 0.5, -0.5]);
        assert!(low < 0.0 && high > 0.0);
    }
}
