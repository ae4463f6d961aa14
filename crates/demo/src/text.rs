//! Invented eligibility criteria: sentences of our own in the shapes in which registries write them.

use crate::draw::{Draw, quantile};

/// Bytes of an eligibility text: least, 5, 10, 25, 50, 75, 90, 95 % and greatest, over the 18,562 records of `shared/trials`.
const LENGTH: [f64; 9] = [60.0, 255.0, 361.0, 651.0, 1399.0, 2967.0, 5072.0, 6844.0, 15000.0];
/// Criteria of a text, in the same way, as `trialway criteria` counts them.
const COUNT: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 14.0, 24.0, 37.0, 46.0, 90.0];

const INCLUSION: [(&str, u32); 9] = [
    ("Inclusion Criteria:", 70),
    ("INCLUSION CRITERIA:", 8),
    ("Inclusion criteria", 6),
    ("Key Inclusion Criteria:", 5),
    ("Inclusion Criteria", 5),
    ("Main inclusion criteria:", 2),
    ("Inclusion:", 2),
    ("Criteria for inclusion:", 1),
    ("Patients can join if:", 1),
];
const EXCLUSION: [(&str, u32); 8] = [
    ("Exclusion Criteria:", 70),
    ("EXCLUSION CRITERIA:", 8),
    ("Exclusion criteria", 7),
    ("Key Exclusion Criteria:", 5),
    ("Exclusion Criteria", 5),
    ("Main exclusion criteria:", 2),
    ("Exclusion:", 2),
    ("Criteria for exclusion:", 1),
];
/// Shares as `cargo xtask demo-quantiles` finds them in real texts.
const MARKS: [(&str, u32); 7] = [("* ", 16), ("- ", 38), ("1", 20), ("  -  ", 4), ("• ", 3), ("a", 2), ("", 17)];

/// The eligibility text of one study.
pub fn eligibility(draw: &mut Draw) -> String {
    let share = draw.share();
    let length = quantile(&LENGTH, share);
    let near = (share + (draw.share() - 0.5) * 0.02).clamp(0.0, 0.999);
    let count = quantile(&COUNT, near).round().max(1.0) as usize;
    let mark = draw.weighted(&MARKS);
    let n_inclusion = if count < 2 { count } else { (count * (35 + draw.below(30)) / 100).clamp(1, count - 1) };
    let mut out = String::with_capacity(length as usize + 200);
    let mut left = count;
    for (n, headings, excluding) in [(n_inclusion, &INCLUSION[..], false), (count - n_inclusion, &EXCLUSION[..], true)]
    {
        if n == 0 {
            continue;
        }
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(draw.weighted(headings));
        out.push_str("\n\n");
        for at in 0..n {
            let room = (length - out.len() as f64).max(0.0) / left.max(1) as f64;
            let wanted = room * (0.5 + draw.share());
            let wanted = if left == 1 { room } else { wanted };
            match mark {
                "1" => out.push_str(&format!("{}. ", at + 1)),
                "a" => out.push_str(&format!("{}) ", char::from(b'a' + (at % 26) as u8))),
                mark => out.push_str(mark),
            }
            criterion(draw, excluding, wanted as usize, &mut out);
            out.push('\n');
            left = left.saturating_sub(1);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The share of texts that are shorter than one of so many bytes.
pub fn rank(length: usize) -> f64 {
    (0..=100_u32)
        .map(|at| f64::from(at) / 100.0)
        .find(|share| quantile(&LENGTH, *share) >= length as f64)
        .unwrap_or(1.0)
}

/// One criterion of about so many bytes.
fn criterion(draw: &mut Draw, excluding: bool, wanted: usize, out: &mut String) {
    let start = out.len();
    out.push_str(&if excluding { ground(draw) } else { need(draw) });
    while out.len() - start + 25 < wanted {
        let more = addition(draw, excluding);
        out.push_str(&more);
    }
    if draw.chance(0.5) {
        out.push('.');
    }
}

fn need(draw: &mut Draw) -> String {
    let plain = draw.chance(0.45);
    let which = if plain { usual(draw, &[1, 2, 5, 8, 10, 15]) } else { draw.below(16) };
    match which {
        0 => format!("Age {}", years(draw)),
        1 => format!("Has {}", draw.condition()),
        2 => format!("Confirmed diagnosis of {}", draw.condition()),
        3 => limit(draw),
        4 => format!("ECOG {} 0-{}", draw.one(&["performance status", "PS", "score of"]), 1 + draw.below(2)),
        5 => "Able and willing to sign the consent form".to_owned(),
        6 => format!("Agrees to use contraception for {}", span(draw)),
        7 => format!("Stable dose of {} for at least {}", draw.drug(), span(draw)),
        8 => format!("No earlier treatment with {} or {}", draw.drug(), draw.drug()),
        9 => format!("Life expectancy {} {}", draw.one(&["of at least", ">=", "≥", "of more than"]), span(draw)),
        10 => format!("Planned {}", draw.procedure()),
        11 => "Negative pregnancy test in women who could become pregnant".to_owned(),
        12 => format!("{} or {}", draw.condition(), draw.condition()),
        13 => format!("Has had {} at least {} ago", draw.procedure(), span(draw)),
        14 => format!("Sufficient blood counts: {}", limit(draw)),
        _ => "Can come to all visits and fill in the diary".to_owned(),
    }
}

fn ground(draw: &mut Draw) -> String {
    let plain = draw.chance(0.5);
    let which = if plain { usual(draw, &[0, 2, 4, 5, 13, 15]) } else { draw.below(16) };
    match which {
        0 => format!("History of {}", draw.condition()),
        1 => format!(
            "{} within {} before {}",
            draw.procedure(),
            span(draw),
            draw.one(&["screening", "the first dose", "enrolment", "randomisation"])
        ),
        2 => "Pregnant or breastfeeding".to_owned(),
        3 => format!("Known allergy to {} or its parts", draw.drug()),
        4 => format!("Uncontrolled {}", draw.condition()),
        5 => format!("Takes {} now", draw.drug()),
        6 => format!("Took part in another drug study within {}", span(draw)),
        7 => limit(draw),
        8 => format!("Any {} that the study doctor finds unsafe", draw.one(&["illness", "finding", "circumstance"])),
        9 => format!("{} that lasts over {}", draw.condition(), span(draw)),
        10 => format!("Received {} or {} in the last {}", draw.drug(), draw.drug(), span(draw)),
        11 => "Active infection with HIV, hepatitis B or hepatitis C".to_owned(),
        12 => format!("{} ({})", draw.condition(), draw.one(&["any form", "ever or now", "of any cause"])),
        13 => format!("Family history of {}", draw.condition()),
        14 => "Misuse of alcohol or drugs".to_owned(),
        _ => format!("Needs {} during the study", draw.procedure()),
    }
}

/// One of the kinds without numbers and brackets.
fn usual(draw: &mut Draw, kinds: &[usize]) -> usize {
    kinds.get(draw.below(kinds.len())).copied().unwrap_or_default()
}

/// What lengthens a criterion.
///
/// Most of it is plain: real criteria are long without being intricate.
fn addition(draw: &mut Draw, excluding: bool) -> String {
    const PLAIN: [&str; 20] = [
        " of slow course",
        " with signs on imaging",
        " in either leg",
        " under the care of a specialist",
        " of unknown origin",
        " on the left or right side",
        " as recorded by the family doctor",
        " that limits daily life",
        " seen at two visits",
        " of the upper part",
        " with its usual signs",
        " (as seen on imaging)",
        " of the left side",
        " in the same part",
        " by the usual test",
        " as a first finding",
        " as known to the clinic",
        " with late effects",
        " or a like finding",
        " (mild)",
    ];
    if draw.chance(0.80) {
        return draw.one(&PLAIN).to_owned();
    }
    match draw.below(16) {
        0 => format!(", including {}", draw.condition()),
        1 => format!(" (for example {})", draw.condition()),
        2..=4 => format!(" within {} before screening", span(draw)),
        5 => format!(", except {}", draw.condition()),
        6 => format!(" and {}", draw.condition()),
        7 | 8 => format!(" with {}", limit(draw)),
        9 => format!("; {}", if excluding { ground(draw) } else { need(draw) }),
        10..=12 => format!(" with {}", limit(draw)),
        13 => ", as the study doctor judges".to_owned(),
        14 => format!(". {}", if excluding { ground(draw) } else { need(draw) }),
        _ => format!(", which must be stable for {}", span(draw)),
    }
}

fn years(draw: &mut Draw) -> String {
    let low = 12 + draw.below(20);
    match draw.below(5) {
        0 => format!("{low} to {} years", low + 20 + draw.below(40)),
        1 => format!("≥ {low} years"),
        2 => format!("\\>= {low} years"),
        3 => format!("{low}-{} years, inclusive", low + 20 + draw.below(40)),
        _ => format!("{low} years or older"),
    }
}

fn span(draw: &mut Draw) -> String {
    let n = 1 + draw.below(12);
    format!("{n} {}{}", draw.one(&["day", "week", "month", "year"]), if n == 1 { "" } else { "s" })
}

fn limit(draw: &mut Draw) -> String {
    let sign = draw.one(&[">=", "≥", ">", "<", "≤", "at least", "less than", "\\>", "&gt;", "not more than"]);
    match draw.below(9) {
        0 => format!("haemoglobin {sign} {} g/dL", 7 + draw.below(6)),
        1 => format!("platelets {sign} {},000/mm3", 50 + 25 * draw.below(4)),
        2 => format!("ANC {sign} 1.{}×10^9/L", draw.below(10)),
        3 => format!("ALT or AST {sign} {} x ULN", 2 + draw.below(4)),
        4 => format!("creatinine clearance {sign} {} mL/min", 30 + 10 * draw.below(5)),
        5 => format!("leukocytes {sign} {}.0 x 109/L", 2 + draw.below(3)),
        6 => format!("BMI between {} and {} kg/m2", 18 + draw.below(3), 28 + draw.below(12)),
        7 => format!("systolic blood pressure {sign} {} mmHg", 90 + 10 * draw.below(9)),
        _ => format!("HbA1c {sign} {}.{}%", 6 + draw.below(5), draw.below(10)),
    }
}
