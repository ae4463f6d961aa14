//! The registry's legacy `clinical_study` XML.

mod design;
mod study;
mod tree;

pub use study::parse_study_xml;
