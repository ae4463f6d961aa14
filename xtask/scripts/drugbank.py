#!/usr/bin/env python3
"""Names of medicines from DrugBank's open data (CC0) as a table of the terminology.

  pip download --no-deps drug-named-entity-recognition && unzip drug_named_entity_recognition-*.whl
  python3 xtask/scripts/drugbank.py drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2

The PyPI package (MIT) carries DrugBank's open vocabulary with the MeSH ids of the same substances. Only names of DrugBank's
open data are taken, of one or two plain words; names of substances of the body, of food and of elements are left out, and
whatever the tables written by hand name already. It writes crates/terminology/data/drugbank.tsv.
"""
import bz2, glob, os, pickle, re, sys

LEFT_OUT = set("""creatinine glucose alanine oxygen calcium platinum progesterone estradiol testosterone cholesterol potassium
prothrombin grapefruit tyrosine magnesium iron lactose acetate creatine gold urea iodine serotonin water nitrate coumarin aluminum
galactose copper phosphorus boron thrombin zinc sodium nitrogen carbon silver mercury lead fructose sucrose ammonia bilirubin
albumin insulin histamine cortisol lactate glycine serine leucine valine proline arginine lysine cysteine methionine threonine
tryptophan histidine phenylalanine asparagine glutamine glutamate aspartate isoleucine cocoa garlic ginger peanut wheat rice corn
soybean tomato potato onion banana apple orange pollen cat dog horse cattle pork beef shrimp egg milk chicken dust mold honey sugar
starch protein hydrogen helium neon argon chlorine fluorine bromine nickel cobalt chromium manganese tin titanium silicon sulfur
selenium heme hemoglobin hemoglobins fibrin fibrinogen collagen keratin elastin biotin choline inositol betaine adenine adenosine
guanine cytosine thymine uracil ether acetone benzene phenol alcohol ethanol methanol glycerol citrate phosphate sulfate chloride
carbonate bicarbonate oxalate formate succinate malate fumarate tartrate maleate mesylate gluconate stearate palmitate air tobacco
talc clay charcoal coal tar nicotine caffeine cannabis estrogen estrogens""".split())
SALTS = "acid|alfa|beta|vedotin|deruxtecan|emtansine|tixetan|mafodotin|citrate|sodium|oxide|blue|carbonate|pegol|alafenamide|disoproxil|medoxomil"
STEMS = re.compile(
    "(mab|nib|stat|vir|cept|tide|pril|sartan|gliptin|gliflozin|lisib|ciclib|parib|rafenib|metinib|degib|zomib|xaban|grel|olol|dipine"
    "|azole|cillin|mycin|floxacin|cycline|oxetine|piprazole|peridone|triptan|gepant|setron|prant|lukast|afil|fenacin|dronate|limus"
    "|platin|taxel|rubicin|trexed|citabine|bine|coxib|profen|caine|curium|curonium|barb|zepam|zolam|orexant|melteon|leucel|cel|vec"
    "|gene|ase|mod|vaptan|denoson|entan|ciguat|stim|kinra|nercept|bart|siran|sen|rsen)$")


class Plain(pickle.Unpickler):
    """Loads plain values only: a package's file may name no class."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name}")


def known(data):
    """Names that the other tables have, without the plural."""
    out = set()
    for path in glob.glob(os.path.join(data, "*.tsv")):
        base = os.path.basename(path)
        if base in ("drugbank.tsv", "cues.tsv") or base.startswith("names_"):
            continue
        for line in open(path, encoding="utf-8").read().split("\n")[1:]:
            cells = line.split("\t")
            if base == "name_words.tsv":
                if len(cells) == 3 and cells[1].split()[0] in ("stop", "site", "aspect", "noun", "condition", "procedure", "state"):
                    out.add(cells[0].rstrip("s"))
            elif len(cells) > 3:
                out.update(name.lower().strip("=").rstrip("s") for name in [cells[1]] + cells[3].split("|"))
    return out


def main(source):
    data = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "crates", "terminology", "data")
    entries = Plain(bz2.open(source)).load()["drug_canonical_to_data"]
    have = known(data)
    rows = []
    for name, entry in sorted(entries.items()):
        word = name.split()[0]
        if "drugbank_id" not in entry or not re.fullmatch(rf"[a-z]{{5,}}( ({SALTS}))?", name):
            continue
        if name.rstrip("s") in have or word in LEFT_OUT and " " not in name:
            continue
        elsewhere = any(key in entry for key in ("mesh_id", "medline_plus_id", "wikipedia_url", "nhs_url"))
        if not (elsewhere or STEMS.search(word)):
            continue
        mesh = f"mesh:{entry['mesh_id']}" if entry.get("mesh_id") else ""
        source_cell = f"DrugBank open data (CC0) {entry['drugbank_id']}"
        rows.append("\t".join([f"drug:{name.replace(' ', '_')}", name, name, "", mesh, "", source_cell]))
    with open(os.path.join(data, "drugbank.tsv"), "w", encoding="utf-8") as out:
        out.write("id\tname\tlay_name\tsynonyms\tcodes\tis_a\tsource\n" + "\n".join(rows) + "\n")
    print(f"{len(rows)} medicines")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
