//! Ways to come by a number: the formulas that texts name, and measuring itself.

/// How a number is, or must be, come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Measured, collected or counted, not calculated: a 24-hour urine, an iohexol clearance.
    Measured,
    /// Some formula other than those below (MDRD, Framingham, ideal weight).
    OtherFormula,
    /// Quotient of weight and height.
    BodyMassIndex,
    /// Body surface by Mosteller.
    Mosteller,
    /// CKD-EPI, creatinine; as a formula used, the equation of 2021.
    CkdEpi,
    /// Bedside Schwartz.
    Schwartz,
    /// Cockcroft-Gault with actual weight.
    CockcroftGault,
    /// QT by Fridericia.
    Fridericia,
    /// QT by Bazett.
    Bazett,
    /// Calcium corrected for albumin.
    CorrectedCalcium,
    /// Child-Pugh from laboratory values and signs.
    ChildPugh,
    /// MELD without sodium.
    Meld,
    /// MELD with sodium.
    MeldNa,
    /// Quotient of two urine values.
    UrineRatio,
    /// White cells and their differential.
    Differential,
    /// ECOG and Karnofsky or Lansky, one from the other.
    PerformanceScale,
    /// Weeks from the last period or the date due.
    PregnancyDates,
    /// Packs a day and years.
    PackYears,
}

impl Method {
    /// The name that professionals use.
    pub fn name(self) -> &'static str {
        match self {
            Method::Measured => "measurement",
            Method::OtherFormula => "another formula",
            Method::BodyMassIndex => "weight / height²",
            Method::Mosteller => "Mosteller",
            Method::CkdEpi => "CKD-EPI 2021",
            Method::Schwartz => "bedside Schwartz",
            Method::CockcroftGault => "Cockcroft-Gault",
            Method::Fridericia => "Fridericia",
            Method::Bazett => "Bazett",
            Method::CorrectedCalcium => "calcium + 0.8 x (4 - albumin)",
            Method::ChildPugh => "Child-Pugh",
            Method::Meld => "MELD",
            Method::MeldNa => "MELD-Na",
            Method::UrineRatio => "quotient of two urine values",
            Method::Differential => "white cells x percentage",
            Method::PerformanceScale => "table of performance scales",
            Method::PregnancyDates => "dates of pregnancy",
            Method::PackYears => "packs a day x years",
        }
    }
}

/// Words, lower case, that name a method; longer ones first where one is in another.
const WORDS: [(&str, Method); 47] = [
    ("24-hour", Method::Measured),
    ("24 hour", Method::Measured),
    ("24-h", Method::Measured),
    ("24 h ", Method::Measured),
    ("24h", Method::Measured),
    ("12-hour", Method::Measured),
    ("timed urine", Method::Measured),
    ("urine collection", Method::Measured),
    ("directly measured", Method::Measured),
    ("measured gfr", Method::Measured),
    ("measured glomerular", Method::Measured),
    ("measured creatinine clearance", Method::Measured),
    ("measured by", Method::Measured),
    ("isotop", Method::Measured),
    ("radionuclide", Method::Measured),
    ("nuclear", Method::Measured),
    ("iohexol", Method::Measured),
    ("iothalamate", Method::Measured),
    ("inulin", Method::Measured),
    ("edta", Method::Measured),
    ("dtpa", Method::Measured),
    ("cystatin", Method::OtherFormula),
    ("mdrd", Method::OtherFormula),
    ("modification of diet", Method::OtherFormula),
    ("jelliffe", Method::OtherFormula),
    ("wright", Method::OtherFormula),
    ("lund-malm", Method::OtherFormula),
    ("ideal body weight", Method::OtherFormula),
    ("adjusted body weight", Method::OtherFormula),
    ("lean body weight", Method::OtherFormula),
    ("framingham", Method::OtherFormula),
    ("hodges", Method::OtherFormula),
    ("qtcp", Method::OtherFormula),
    ("du bois", Method::OtherFormula),
    ("dubois", Method::OtherFormula),
    ("haycock", Method::OtherFormula),
    ("meld 3", Method::OtherFormula),
    ("ckd-epi", Method::CkdEpi),
    ("ckd epi", Method::CkdEpi),
    ("schwartz", Method::Schwartz),
    ("cockcroft", Method::CockcroftGault),
    ("cockroft", Method::CockcroftGault),
    ("fridericia", Method::Fridericia),
    ("qtcf", Method::Fridericia),
    ("bazett", Method::Bazett),
    ("qtcb", Method::Bazett),
    ("mosteller", Method::Mosteller),
];

/// The methods that a text names, each once, in order.
///
/// **Unknown**: empty where it names none, so that any usual one is accepted.
pub fn methods(text: &str) -> Vec<Method> {
    let lower = text.to_lowercase();
    let mut out: Vec<Method> = Vec::new();
    for (word, method) in WORDS {
        if lower.contains(word) && !out.contains(&method) {
            out.push(method);
        }
    }
    // The equations of other years, and those with cystatin, are other equations.
    if out.contains(&Method::CkdEpi) && ["2009", "2012", "cystatin"].iter().any(|word| lower.contains(word)) {
        out.retain(|method| !matches!(method, Method::CkdEpi | Method::OtherFormula));
        out.push(Method::OtherFormula);
    }
    let has_sodium = ["meld-na", "meld na", "meldna", "meld sodium"].iter().any(|word| lower.contains(word));
    if has_sodium {
        out.push(Method::MeldNa);
    }
    out.sort();
    out
}

impl Method {
    /// Whether what is calculated by this formula answers a text that names these methods: it is one of them, or they are
    /// about other things. Where a text names none, any formula in use is accepted.
    pub fn is_accepted_by(self, named: &[Method]) -> bool {
        let bears = |other: &&Method| match **other {
            // Formulas without a rival are not meant.
            Method::OtherFormula => !matches!(self, Method::BodyMassIndex | Method::UrineRatio | Method::Differential),
            Method::Measured => {
                matches!(self, Method::CkdEpi | Method::Schwartz | Method::CockcroftGault | Method::UrineRatio)
            }
            Method::CkdEpi | Method::Schwartz | Method::CockcroftGault => {
                matches!(self, Method::CkdEpi | Method::Schwartz | Method::CockcroftGault)
            }
            Method::Fridericia | Method::Bazett => matches!(self, Method::Fridericia | Method::Bazett),
            Method::Meld | Method::MeldNa => matches!(self, Method::Meld | Method::MeldNa),
            other => other == self,
        };
        let mut about = named.iter().filter(bears).peekable();
        about.peek().is_none() || about.any(|method| *method == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_texts_name() {
        for (text, want) in [
            ("eGFR ≥ 60 mL/min/1.73 m2", &[][..]),
            ("by the Cockcroft-Gault formula or 24-hour urine collection", &[Method::Measured, Method::CockcroftGault]),
            ("eGFR (CKD-EPI) > 30", &[Method::CkdEpi]),
            ("eGFR (CKD-EPI 2009) > 30", &[Method::OtherFormula]),
            ("CKD-EPI creatinine-cystatin C", &[Method::OtherFormula]),
            ("using the MDRD equation", &[Method::OtherFormula]),
            ("QTcF > 470 ms", &[Method::Fridericia]),
            ("MELD-Na above 12", &[Method::MeldNa]),
        ] {
            assert_eq!(methods(text), want, "{text}");
        }
    }

    #[test]
    fn a_formula_is_accepted_where_it_or_none_is_named() {
        for (text, formula, want) in [
            ("eGFR ≥ 60", Method::CkdEpi, true),
            ("eGFR ≥ 60 (MDRD)", Method::CkdEpi, false),
            ("eGFR ≥ 60 by CKD-EPI, QTcF < 470", Method::CkdEpi, true),
            ("creatinine clearance by 24-hour urine", Method::CockcroftGault, false),
            ("creatinine clearance by Cockcroft-Gault or 24-hour urine", Method::CockcroftGault, true),
            ("QTcF < 470", Method::Bazett, false),
            ("QTc < 470", Method::Bazett, true),
            ("BMI 18 to 30, eGFR by MDRD", Method::BodyMassIndex, true),
            ("MELD-Na < 15", Method::Meld, false),
        ] {
            assert_eq!(formula.is_accepted_by(&methods(text)), want, "{text}");
        }
    }
}
