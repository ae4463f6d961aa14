//! Words of a request that say nothing of its subject: they need not be found.

use crate::tokens::is_unspaced;

/// English, lower case.
const ENGLISH: &str = "\
    medicine medicines medication medications drug drugs therapy therapies disease diseases illness condition \
    a about after again all also am an and any are as at available bad badly be because been before best both but by \
    can cant clinical come comes coming could cure current currently diagnosed did do does doing dont each enroll \
    enrolling even ever every experiment experimental feel feeling feels find for from get gets getting give given \
    gives go goes going gone got had has have having he help helps her him his how i if in into is it its join just \
    keep keeping keeps kind know latest let like looking made make makes making many may me medical might more most \
    much must my myself near need needs new newest of off on only option options or other our out over own \
    participate patient patients people person please problem problems put really recruiting research s same search \
    see she should since so some someone still studies study such suffer suffering suffers take than that the their \
    them then there these they thing things think this to too treat treated treating treatment treatments trial \
    trials try trying turn turned turns under until up us use using very want wants was way we went were what when \
    where which while who whose why will with would you your";

/// Spanish, lower case without accents.
const SPANISH: &str = "\
    medicina medicinas medicamento medicamentos terapia terapias enfermedad enfermedades \
    a al ante clinica clinico clinicos como con contra cual cuales de del desde el en ensayo ensayos es estudio \
    estudios hay investigacion la las lo los mas mi mis nuevo nuevos o para paciente pacientes personas por que se \
    sin sobre su tengo tratamiento un y";

/// Chinese.
const CHINESE: &str = "临床试验 临床研究 试验 研究 治疗 患者 病人 新药 药物 招募 参加 的 和 与 及 在 怎么 哪些 有";

/// Whether an English word says nothing of the subject.
///
/// **Shape**: `folded` in lower case without accents.
pub(crate) fn is_english(folded: &str) -> bool {
    ENGLISH.split(' ').any(|word| word == folded)
}

/// The same in Spanish.
pub(crate) fn is_spanish(folded: &str) -> bool {
    SPANISH.split(' ').any(|word| word == folded)
}

/// Whether Chinese characters are part of a word of a request; pairs that lie across its edge are told by either character.
pub(crate) fn is_chinese(text: &str) -> bool {
    let is_chinese = text.chars().all(is_unspaced) && !text.is_empty();
    is_chinese && CHINESE.split(' ').any(|word| word.contains(text) || text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_told_from_subjects() {
        for word in ["the", "trial", "keeps", "i"] {
            assert!(is_english(word), "{word}");
        }
        assert!(is_spanish("ensayos") && is_chinese("研究") && is_chinese("治疗"));
        assert!(
            !is_english("lupus") && !is_spanish("lupus") && !is_chinese("肾炎") && !is_chinese("") && !is_english("")
        );
    }
}
