//! Lists and sentences side by side: what is the same, what is gone, what is new.

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// In both.
    Same(String),
    /// Only before.
    Gone(String),
    /// Only after.
    New(String),
}

/// More pairs than this are not compared one by one: time and memory grow with them.
const MOST_PAIRS: usize = 4_000_000;

/// Which items of two lists are the same, in order: a longest common subsequence.
///
/// **Shape**: pairs of places, rising in both. For lists of more than some thousand items, only what is the same at their
/// beginnings and ends.
pub fn same<T: PartialEq>(before: &[T], after: &[T]) -> Vec<(usize, usize)> {
    let n_first = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let rest = |list: usize| list - n_first;
    let n_last = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
    let n_last = n_last.min(rest(before.len())).min(rest(after.len()));
    let mut out: Vec<(usize, usize)> = (0..n_first).map(|at| (at, at)).collect();
    let middle = |list: &[T]| n_first..list.len() - n_last;
    let (a, b) = (before.get(middle(before)).unwrap_or_default(), after.get(middle(after)).unwrap_or_default());
    if a.len().saturating_mul(b.len()) <= MOST_PAIRS {
        out.extend(common(a, b).into_iter().map(|(x, y)| (x + n_first, y + n_first)));
    }
    out.extend((0..n_last).map(|at| (before.len() - n_last + at, after.len() - n_last + at)));
    out
}

fn common<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    // `longest[x * width + y]` is the length for what follows x and y.
    let mut longest = vec![0_u32; (a.len() + 1) * width];
    let at = |table: &[u32], x: usize, y: usize| table.get(x * width + y).copied().unwrap_or(0);
    for (x, one) in a.iter().enumerate().rev() {
        for (y, other) in b.iter().enumerate().rev() {
            let best = if one == other {
                at(&longest, x + 1, y + 1) + 1
            } else {
                at(&longest, x + 1, y).max(at(&longest, x, y + 1))
            };
            if let Some(cell) = longest.get_mut(x * width + y) {
                *cell = best;
            }
        }
    }
    let (mut x, mut y) = (0, 0);
    let mut out = Vec::new();
    while let (Some(one), Some(other)) = (a.get(x), b.get(y)) {
        if one == other {
            out.push((x, y));
            x += 1;
            y += 1;
        } else if at(&longest, x + 1, y) >= at(&longest, x, y + 1) {
            x += 1;
        } else {
            y += 1;
        }
    }
    out
}

/// Two sentences, word by word.
pub fn words(before: &str, after: &str) -> Vec<Stretch> {
    let (a, b): (Vec<&str>, Vec<&str>) = (before.split_whitespace().collect(), after.split_whitespace().collect());
    let mut out: Vec<Stretch> = Vec::new();
    let (mut x, mut y) = (0, 0);
    let mut pairs = same(&a, &b);
    pairs.push((a.len(), b.len()));
    let join = |list: &[&str], from: usize, to: usize| list.get(from..to).unwrap_or_default().join(" ");
    for (next_x, next_y) in pairs {
        if next_x > x {
            out.push(Stretch::Gone(join(&a, x, next_x)));
        }
        if next_y > y {
            out.push(Stretch::New(join(&b, y, next_y)));
        }
        if let Some(word) = a.get(next_x) {
            match out.last_mut() {
                Some(Stretch::Same(words)) => {
                    words.push(' ');
                    words.push_str(word);
                }
                _ => out.push(Stretch::Same((*word).to_owned())),
            }
        }
        (x, y) = (next_x + 1, next_y + 1);
    }
    out
}

/// How much of two sentences is the same, from 0 to 1: twice the words in common by all words.
pub fn likeness(before: &str, after: &str) -> f64 {
    let bag = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.sort_unstable();
        words
    };
    let (a, b) = (bag(before), bag(after));
    let (mut x, mut y, mut n) = (0, 0, 0_u32);
    while let (Some(one), Some(other)) = (a.get(x), b.get(y)) {
        match one.cmp(other) {
            std::cmp::Ordering::Equal => {
                n += 1;
                x += 1;
                y += 1;
            }
            std::cmp::Ordering::Less => x += 1,
            std::cmp::Ordering::Greater => y += 1,
        }
    }
    let all = u32::try_from(a.len() + b.len()).unwrap_or(u32::MAX);
    if all == 0 { 1.0 } else { f64::from(2 * n) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        use Stretch::{Gone, New, Same};
        let check =
            |before: &str, after: &str, want: &[Stretch]| assert_eq!(words(before, after), want, "{before} / {after}");
        check(
            "Age 18 to 65 years",
            "Age 18 to 75 years at screening",
            &[
                Same("Age 18 to".into()),
                Gone("65".into()),
                New("75".into()),
                Same("years".into()),
                New("at screening".into()),
            ],
        );
        check("a  b", "a b", &[Same("a b".into())]);
        check("", "a", &[New("a".into())]);
        check("a", "", &[Gone("a".into())]);
        check("a b c", "c", &[Gone("a b".into()), Same("c".into())]);
    }

    #[test]
    fn what_is_the_same_is_the_same_in_both_and_in_order() {
        // Lists from a fixed sequence, against what a subsequence must be.
        let mut seed = 11_u64;
        for _ in 0..300 {
            let mut list = || -> Vec<u64> {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let n = (seed >> 33) % 12;
                (0..n).map(|at| (seed >> (at * 3 + 5)) % 4).collect()
            };
            let (a, b) = (list(), list());
            let pairs = same(&a, &b);
            assert!(pairs.iter().all(|(x, y)| a[*x] == b[*y]));
            assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            let back = same(&b, &a);
            assert_eq!(pairs.len(), back.len(), "{a:?} {b:?}");
        }
    }

    #[test]
    fn lists_too_long_to_compare_keep_their_ends() {
        let a: Vec<u32> = (0..10_000).collect();
        let mut b = a.clone();
        b[2] = 99_999;
        b[9_000] = 99_998;
        assert_eq!(same(&a, &b).len(), 2 + 999);
    }
}
