//! The formulas, over plain numbers in the units that their sources use.

/// Body mass index, kg/m2, from kg and cm.
///
/// **Source**: Quetelet index; WHO Technical Report 894 (2000).
pub fn bmi(weight_kg: f64, height_cm: f64) -> f64 {
    let metres = height_cm / 100.0;
    weight_kg / (metres * metres)
}

/// Body surface area, m2, from kg and cm.
///
/// **Source**: Mosteller RD, N Engl J Med 1987;317:1098.
pub fn bsa_mosteller(weight_kg: f64, height_cm: f64) -> f64 {
    (weight_kg * height_cm / 3600.0).sqrt()
}

/// Estimated GFR of adults, mL/min/1.73 m2, from creatinine in mg/dL.
///
/// **Source**: CKD-EPI 2021 creatinine equation without race; Inker LA et al., N Engl J Med 2021;385:1737.
pub fn ckd_epi_2021(creatinine_mg_dl: f64, age_years: f64, is_female: bool) -> f64 {
    let (kappa, alpha, sex) = if is_female { (0.7, -0.241, 1.012) } else { (0.9, -0.302, 1.0) };
    let ratio = creatinine_mg_dl / kappa;
    142.0 * ratio.min(1.0).powf(alpha) * ratio.max(1.0).powf(-1.2) * 0.9938_f64.powf(age_years) * sex
}

/// Estimated GFR of children of 1 to 17 years, mL/min/1.73 m2, from creatinine in mg/dL.
///
/// **Source**: bedside Schwartz; Schwartz GJ et al., J Am Soc Nephrol 2009;20:629.
pub fn schwartz_bedside(creatinine_mg_dl: f64, height_cm: f64) -> f64 {
    0.413 * height_cm / creatinine_mg_dl
}

/// Creatinine clearance of adults, mL/min, with actual body weight.
///
/// **Source**: Cockcroft DW, Gault MH, Nephron 1976;16:31.
pub fn cockcroft_gault(creatinine_mg_dl: f64, age_years: f64, weight_kg: f64, is_female: bool) -> f64 {
    let sex = if is_female { 0.85 } else { 1.0 };
    (140.0 - age_years) * weight_kg / (72.0 * creatinine_mg_dl) * sex
}

/// Corrected QT, ms, by the cube root of RR.
///
/// **Source**: Fridericia LS, Acta Med Scand 1920;53:469.
pub fn qtc_fridericia(qt_ms: f64, rr_s: f64) -> f64 {
    qt_ms / rr_s.cbrt()
}

/// Corrected QT, ms, by the square root of RR.
///
/// **Source**: Bazett HC, Heart 1920;7:353.
pub fn qtc_bazett(qt_ms: f64, rr_s: f64) -> f64 {
    qt_ms / rr_s.sqrt()
}

/// Calcium for an albumin of 4 g/dL, mg/dL.
///
/// **Source**: Payne RB et al., Br Med J 1973;4:643, with the factor 0.8 in common use.
pub fn corrected_calcium(calcium_mg_dl: f64, albumin_g_dl: f64) -> f64 {
    calcium_mg_dl + 0.8 * (4.0 - albumin_g_dl)
}

/// Points of the three laboratory values of the Child-Pugh score: bilirubin and albumin in mg/dL and g/dL, INR.
///
/// **Source**: Pugh RN et al., Br J Surg 1973;60:646, with INR in place of prothrombin time.
pub fn child_pugh_laboratory(bilirubin_mg_dl: f64, albumin_g_dl: f64, inr: f64) -> u8 {
    let points = |low: bool, high: bool| {
        if low {
            1
        } else if high {
            3
        } else {
            2
        }
    };
    points(bilirubin_mg_dl < 2.0, bilirubin_mg_dl > 3.0)
        + points(albumin_g_dl > 3.5, albumin_g_dl < 2.8)
        + points(inr < 1.7, inr > 2.3)
}

/// MELD without sodium, a whole number of 6 to 40.
///
/// **Source**: OPTN policy 9 (2016): values below 1 count as 1, creatinine above 4 as 4. Kamath PS et al., Hepatology 2001;33:464.
pub fn meld(creatinine_mg_dl: f64, bilirubin_mg_dl: f64, inr: f64) -> f64 {
    meld_tenths(creatinine_mg_dl, bilirubin_mg_dl, inr).round().clamp(6.0, 40.0)
}

fn meld_tenths(creatinine_mg_dl: f64, bilirubin_mg_dl: f64, inr: f64) -> f64 {
    let creatinine = creatinine_mg_dl.clamp(1.0, 4.0);
    let score = 0.957 * creatinine.ln() + 0.378 * bilirubin_mg_dl.max(1.0).ln() + 1.120 * inr.max(1.0).ln() + 0.643;
    (score * 10.0).round() / 10.0 * 10.0
}

/// MELD with sodium (mmol/L), a whole number of 6 to 40.
///
/// **Source**: OPTN policy 9 (2016): sodium counts as 125 to 137, and only above a MELD of 11. Kim WR et al., N Engl J Med 2008;359:1018.
pub fn meld_na(creatinine_mg_dl: f64, bilirubin_mg_dl: f64, inr: f64, sodium: f64) -> f64 {
    let plain = meld_tenths(creatinine_mg_dl, bilirubin_mg_dl, inr);
    let score = if plain > 11.0 {
        let lack = 137.0 - sodium.clamp(125.0, 137.0);
        plain + 1.32 * lack - 0.033 * plain * lack
    } else {
        plain
    };
    score.round().clamp(6.0, 40.0)
}

/// Mass of a urine protein per gram of creatinine, mg/g, from mg/dL of both.
///
/// **Source**: quotient of the two; KDIGO 2024, CKD guideline.
pub fn urine_ratio(protein_mg_dl: f64, creatinine_mg_dl: f64) -> f64 {
    protein_mg_dl / creatinine_mg_dl * 1000.0
}

/// Absolute count, 10*9/L, of a kind of white cells from their percentage.
///
/// **Source**: product of the two; NCI CTCAE, absolute neutrophil count.
pub fn absolute_count(white_cells: f64, percent: f64) -> f64 {
    white_cells * percent / 100.0
}

/// Pack-years from packs of 20 cigarettes a day and years.
///
/// **Source**: NCI Dictionary of Cancer Terms, pack year.
pub fn pack_years(cigarettes_a_day: f64, years: f64) -> f64 {
    cigarettes_a_day / 20.0 * years
}

/// ECOG performance status from the Karnofsky or Lansky score.
///
/// **Source**: Oken MM et al., Am J Clin Oncol 1982;5:649, and the table of equivalents that ECOG-ACRIN gives: 100 and 90 are
/// 0, 80 and 70 are 1, and so on; 0 is 5.
pub fn ecog_from_karnofsky(score: u32) -> Option<u32> {
    match score {
        100 | 90 => Some(0),
        80 | 70 => Some(1),
        60 | 50 => Some(2),
        40 | 30 => Some(3),
        20 | 10 => Some(4),
        0 => Some(5),
        _ => None,
    }
}

/// The Karnofsky scores that an ECOG performance status stands for: lowest and highest.
///
/// **Source**: as [`ecog_from_karnofsky`].
pub fn karnofsky_from_ecog(status: u32) -> Option<(u32, u32)> {
    match status {
        0 => Some((90, 100)),
        1 => Some((70, 80)),
        2 => Some((50, 60)),
        3 => Some((30, 40)),
        4 => Some((10, 20)),
        5 => Some((0, 0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: f64, want: f64, within: f64, what: &str) {
        assert!((got - want).abs() <= within, "{what}: {got}, not {want}");
    }

    /// Worked by hand from the equations as published; where a source prints an example, it is named.
    #[test]
    fn published_formulas() {
        // WHO's own example: 70 kg and 1.75 m are 22.9 kg/m2.
        near(bmi(70.0, 175.0), 22.86, 0.005, "BMI");
        // Mosteller's example of the square root: 60 kg and 150 cm are the root of 2.5.
        near(bsa_mosteller(60.0, 150.0), 1.5811, 0.0001, "BSA");
        // NKF calculator: 50 years, 1.0 mg/dL: man 92, woman 69 (rounded).
        near(ckd_epi_2021(1.0, 50.0, false).round(), 92.0, 0.0, "CKD-EPI 2021, man");
        near(ckd_epi_2021(1.0, 50.0, true).round(), 69.0, 0.0, "CKD-EPI 2021, woman");
        // At kappa both powers are 1.
        near(ckd_epi_2021(0.9, 0.0, false), 142.0, 1e-9, "CKD-EPI 2021 at kappa");
        near(schwartz_bedside(0.5, 120.0), 99.12, 0.001, "Schwartz");
        // Cockcroft and Gault: (140 - 60) x 72 / (72 x 1) is 80, and 85 % of it for women.
        near(cockcroft_gault(1.0, 60.0, 72.0, false), 80.0, 1e-9, "Cockcroft-Gault, man");
        near(cockcroft_gault(1.0, 60.0, 72.0, true), 68.0, 1e-9, "Cockcroft-Gault, woman");
        // At 60 beats a minute RR is 1 s, and QT is its own correction.
        near(qtc_fridericia(400.0, 1.0), 400.0, 1e-9, "QTcF at 60");
        near(qtc_fridericia(360.0, 0.729), 400.0, 1e-9, "QTcF, RR of 0.9 cubed");
        near(qtc_bazett(360.0, 0.81), 400.0, 1e-9, "QTcB, RR of 0.9 squared");
        near(corrected_calcium(8.0, 2.5), 9.2, 1e-9, "corrected calcium");
        assert_eq!(child_pugh_laboratory(1.0, 4.0, 1.0), 3);
        assert_eq!(child_pugh_laboratory(2.0, 3.5, 1.7), 6);
        assert_eq!(child_pugh_laboratory(3.1, 2.7, 2.4), 9);
        // All values at or below 1 leave the constant, 6.43.
        near(meld(0.8, 0.6, 1.0), 6.0, 0.0, "MELD at its least");
        near(meld(1.9, 4.2, 1.2), 20.0, 0.0, "MELD");
        near(meld(9.0, 60.0, 9.0), 40.0, 0.0, "MELD at its most");
        // A sodium of 137 or more adds nothing; one of 125 counts for all below it.
        near(meld_na(1.9, 4.2, 1.2, 140.0), meld(1.9, 4.2, 1.2), 0.0, "MELD-Na, normal sodium");
        near(meld_na(1.9, 4.2, 1.2, 125.0), 28.0, 0.0, "MELD-Na, low sodium");
        near(meld_na(1.9, 4.2, 1.2, 118.0), meld_na(1.9, 4.2, 1.2, 125.0), 0.0, "MELD-Na, bounded");
        near(urine_ratio(100.0, 50.0), 2000.0, 1e-9, "UPCR");
        near(absolute_count(5.0, 40.0), 2.0, 1e-9, "ANC");
        // NCI: a pack a day for 30 years is 30, and so are two for 15.
        near(pack_years(20.0, 30.0), 30.0, 1e-9, "pack-years");
        near(pack_years(40.0, 15.0), 30.0, 1e-9, "pack-years");
    }

    #[test]
    fn the_two_performance_scales_agree_both_ways() {
        for status in 0..=5 {
            let (low, high) = karnofsky_from_ecog(status).unwrap();
            for score in (low..=high).step_by(10) {
                assert_eq!(ecog_from_karnofsky(score), Some(status));
            }
        }
        assert_eq!((ecog_from_karnofsky(75), karnofsky_from_ecog(6)), (None, None));
    }
}
