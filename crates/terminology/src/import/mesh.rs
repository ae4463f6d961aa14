//! MeSH: descriptors as XML, or lines of tree number and name, in either order.
//!
//! **Source**: NLM's `descYYYY.xml` (`DescriptorRecordSet`), and `mtreesYYYY.bin` (name, semicolon, tree number), also turned to
//! columns (tree number, tab, name). Of a descriptor only the
//! terms of its preferred concept are names of it; the others are narrower or broader.

use super::lines::{Lines, rows};
use super::xml::{self, Element};
use super::{Statement, Step, Steps};
use crate::concept::Domain;
use std::collections::BTreeMap;
use std::io::BufRead;

const OTHER_BRANCH: &str = "its branch of the tree holds no conditions, medicines or procedures";

/// What the branch of a tree number holds.
fn domain(tree: &str) -> Option<Domain> {
    let branch = tree.get(..3)?;
    match branch {
        "F03" => Some(Domain::Condition),
        "E01" | "E02" | "E03" | "E04" => Some(Domain::Procedure),
        _ => match tree.chars().next()? {
            'C' => Some(Domain::Condition),
            'D' => Some(Domain::Drug),
            _ => None,
        },
    }
}

fn is_tree_number(text: &str) -> bool {
    let mut parts = text.split('.');
    let first = parts.next().unwrap_or_default();
    let mut characters = first.chars();
    characters.next().is_some_and(|c| c.is_ascii_uppercase())
        && first.len() == 3
        && characters.all(|c| c.is_ascii_digit())
        && parts.all(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a line is one of tree number and name.
pub(super) fn is_row(line: &str) -> bool {
    parts(line).is_ok()
}

/// Tree number and name.
fn parts(line: &str) -> Result<(&str, &str), String> {
    match line.split_once('\t') {
        Some((tree, name)) if is_tree_number(tree) && !name.trim().is_empty() && !name.contains('\t') => {
            Ok((tree, name.trim()))
        }
        None => match line.rsplit_once(';') {
            Some((name, tree)) if is_tree_number(tree.trim()) && !name.trim().is_empty() => {
                Ok((tree.trim(), name.trim()))
            }
            _ => Err("the line is not a name, a semicolon and a MeSH tree number".to_owned()),
        },
        _ => Err("the line is not a MeSH tree number, a tab and a name".to_owned()),
    }
}

/// Lines of tree number and name.
pub(super) fn tree(reader: Box<dyn BufRead>) -> Steps {
    rows(Lines::new(reader), |line| {
        let (tree, name) = parts(line)?;
        let Some(domain) = domain(tree) else { return Ok(Step::Passed(OTHER_BRANCH)) };
        let code = format!("mesh-tree:{tree}");
        let mut out = vec![Statement::Code { code: code.clone(), domain, name: name.to_owned() }];
        if let Some((above, _)) = tree.rsplit_once('.') {
            out.push(Statement::IsA { code, parent: format!("mesh-tree:{above}") });
        }
        Ok(Step::Statements(out))
    })
}

#[derive(Default)]
struct Descriptor {
    id: String,
    name: String,
    trees: Vec<String>,
    names: Vec<String>,
    is_preferred: bool,
}

/// The descriptors.
pub(super) fn descriptors(reader: Box<dyn BufRead>) -> Steps {
    let mut one = Descriptor::default();
    let mut by_tree: BTreeMap<String, String> = BTreeMap::new();
    xml::steps(reader, "DescriptorRecordSet", move |element| match element {
        Element::Open { path, .. } if xml::ends(path, &["DescriptorRecordSet", "DescriptorRecord"]) => {
            one = Descriptor::default();
            Ok(None)
        }
        Element::Open { path, tag } if xml::ends(path, &["ConceptList", "Concept"]) => {
            one.is_preferred = tag.contains("PreferredConceptYN=\"Y\"");
            Ok(None)
        }
        Element::Close { path, text } => {
            if xml::ends(path, &["DescriptorRecord", "DescriptorUI"]) {
                text.clone_into(&mut one.id);
            } else if xml::ends(path, &["DescriptorRecord", "DescriptorName", "String"]) {
                text.clone_into(&mut one.name);
            } else if xml::ends(path, &["DescriptorRecord", "TreeNumberList", "TreeNumber"]) {
                one.trees.push(text.to_owned());
            } else if one.is_preferred && xml::ends(path, &["TermList", "Term", "String"]) {
                one.names.push(text.to_owned());
            } else if xml::ends(path, &["DescriptorRecordSet", "DescriptorRecord"]) {
                return record(std::mem::take(&mut one), &mut by_tree).map(Some);
            } else if path.len() == 1 {
                return Ok(Some(Step::Statements(edges(&by_tree))));
            }
            Ok(None)
        }
        Element::Open { .. } => Ok(None),
    })
}

fn record(one: Descriptor, by_tree: &mut BTreeMap<String, String>) -> Result<Step, String> {
    let is_id = one.id.strip_prefix('D').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_id || one.name.is_empty() {
        return Err(format!("a descriptor has no id or no name (`{}`, `{}`)", one.id, one.name));
    }
    let Some(domain) = one.trees.iter().find_map(|tree| domain(tree)) else { return Ok(Step::Passed(OTHER_BRANCH)) };
    let code = format!("mesh:{}", one.id);
    for tree in one.trees {
        by_tree.insert(tree, code.clone());
    }
    let names = one.names.into_iter().filter(|name| *name != one.name);
    let names: Vec<Statement> = names.map(|name| Statement::Name { code: code.clone(), name }).collect();
    let mut out = vec![Statement::Code { code, domain, name: one.name }];
    out.extend(names);
    Ok(Step::Statements(out))
}

/// What lies above what, once all tree numbers are known.
fn edges(by_tree: &BTreeMap<String, String>) -> Vec<Statement> {
    by_tree
        .iter()
        .filter_map(|(tree, code)| {
            let parent = by_tree.get(tree.rsplit_once('.')?.0)?;
            Some(Statement::IsA { code: code.clone(), parent: parent.clone() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::VocabularyFormat::Mesh;
    use super::super::tests::{all, code, is_a};
    use super::*;

    #[test]
    fn tree_numbers_say_what_lies_above() {
        let (statements, passed, refused, end) =
            all(Mesh, "A01\tBody Regions\nC12\tUrogenital Diseases\nC12.777\tUrologic Diseases\nC12,1\tno\n");
        assert_eq!(
            statements,
            [
                code("mesh-tree:C12", Domain::Condition, "Urogenital Diseases"),
                code("mesh-tree:C12.777", Domain::Condition, "Urologic Diseases"),
                is_a("mesh-tree:C12.777", "mesh-tree:C12"),
            ]
        );
        assert_eq!((passed.len(), refused, end), (1, vec![4], None));
    }

    #[test]
    fn descriptors_have_the_terms_of_their_preferred_concept() {
        let concept = |preferred: &str, terms: &[&str]| {
            let terms: Vec<String> =
                terms.iter().map(|term| format!("<Term><TermUI>T1</TermUI><String>{term}</String></Term>")).collect();
            format!(
                "<Concept PreferredConceptYN=\"{preferred}\"><ConceptName><String>x</String></ConceptName><TermList>{}</TermList></Concept>",
                terms.concat()
            )
        };
        let descriptor = |id: &str, name: &str, tree: &str, concepts: &str| {
            format!(
                "<DescriptorRecord DescriptorClass=\"1\"><DescriptorUI>{id}</DescriptorUI><DescriptorName><String>{name}</String></DescriptorName>\
                 <TreeNumberList><TreeNumber>{tree}</TreeNumber></TreeNumberList><ConceptList>{concepts}</ConceptList></DescriptorRecord>\n"
            )
        };
        let text = format!(
            "<DescriptorRecordSet LanguageCode=\"eng\">\n{}{}{}{}</DescriptorRecordSet>",
            descriptor("D007674", "Kidney Diseases", "C12.777", &concept("Y", &["Kidney Diseases", "Disease, Kidney"])),
            descriptor(
                "D008181",
                "Lupus Nephritis",
                "C12.777.419",
                &(concept("Y", &["Lupus Nephritis"]) + &concept("N", &["Other"]))
            ),
            descriptor("D001829", "Body Regions", "A01", &concept("Y", &["Body Regions"])),
            descriptor("X1", "Wrong", "C01", "")
        );
        let (statements, passed, refused, end) = all(Mesh, &text);
        assert_eq!(
            statements,
            [
                code("mesh:D007674", Domain::Condition, "Kidney Diseases"),
                Statement::Name { code: "mesh:D007674".to_owned(), name: "Disease, Kidney".to_owned() },
                code("mesh:D008181", Domain::Condition, "Lupus Nephritis"),
                is_a("mesh:D008181", "mesh:D007674"),
            ]
        );
        assert_eq!((passed.len(), refused.len(), end), (1, 1, None));
    }
}
