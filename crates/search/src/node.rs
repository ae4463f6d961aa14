//! A part of a search as a tree: what may stand where, and what it is worth.
//!
//! The tree is read twice: as a query of the index library, which scores every study that it finds, and as a `plan`, which finds the
//! same studies with the same scores and passes by those that can be passed by.

use crate::index::Clause;
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, TermQuery};
use tantivy::schema::IndexRecordOption;

/// What is looked for.
pub(crate) enum Node {
    /// A word or a concept in a field, worth its BM25 score.
    Term(Term),
    /// A term that is worth the same wherever it stands.
    Flat(Term, f32),
    /// So many times its worth.
    Times(Box<Node>, f32),
    /// Any of these: worth the best one, and so much of the others.
    Best(Vec<Node>, f32),
    /// All of these, worth their sum; none of none.
    All(Vec<Node>),
    /// What the index library is asked for, such as a phrase.
    Asked(Clause),
}

impl Node {
    /// The node so many times as heavy.
    pub fn times(self, weight: f32) -> Node {
        Node::Times(Box::new(self), weight)
    }

    /// The same as a query that scores every study.
    pub fn query(&self) -> Clause {
        match self {
            Node::Term(term) => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
            Node::Flat(term, score) => {
                let query = TermQuery::new(term.clone(), IndexRecordOption::Basic);
                Box::new(ConstScoreQuery::new(Box::new(query), *score))
            }
            Node::Times(of, weight) => Box::new(BoostQuery::new(of.query(), *weight)),
            Node::Best(of, tie) => {
                let each = of.iter().map(Node::query).collect();
                Box::new(DisjunctionMaxQuery::with_tie_breaker(each, *tie))
            }
            Node::All(of) => Box::new(BooleanQuery::new(of.iter().map(|node| (Occur::Must, node.query())).collect())),
            Node::Asked(query) => query.box_clone(),
        }
    }
}
