//! A page of the registry's API, taken apart without reading its studies: they stay the bytes that were received.

use std::ops::Range;

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The bytes that were received.
    pub bytes: Vec<u8>,
    /// Where in them each study stands.
    pub studies: Vec<Range<usize>>,
    /// What to ask for the next page with; none on the last.
    pub next: Option<String>,
    /// How many studies the registry says there are on all pages.
    pub total: Option<u64>,
}

/// Why bytes are no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPage {
    /// They end before the page does: asking again may help.
    CutOff,
    /// They are something else.
    Other(String),
}

impl Page {
    /// Takes a page apart.
    ///
    /// **Source**: API v2 `PagedStudies`; keys that are not known are passed over.
    pub fn split(bytes: Vec<u8>) -> Result<Page, NoPage> {
        let mut page = Page::default();
        let mut has_studies = false;
        let mut cursor = Cursor { bytes: &bytes, at: 0 };
        if cursor.bytes.starts_with(b"\xef\xbb\xbf") {
            cursor.at = 3;
        }
        match cursor.next_token() {
            None => return Err(NoPage::CutOff),
            Some(b'{') => {}
            Some(_) => return Err(NoPage::Other("it is no JSON object".to_owned())),
        }
        cursor.at += 1;
        if cursor.next_token() == Some(b'}') {
            return Err(NoPage::Other("it has no `studies`".to_owned()));
        }
        loop {
            let key = cursor.value()?;
            cursor.expect(b':')?;
            cursor.next_token();
            let key = bytes.get(key).unwrap_or_default();
            if key == b"\"studies\"" {
                match cursor.next_token() {
                    Some(b'[') => {}
                    None => return Err(NoPage::CutOff),
                    Some(_) => return Err(NoPage::Other("its `studies` is no list".to_owned())),
                }
                has_studies = true;
                page.studies = cursor.items()?;
            } else {
                let value = bytes.get(cursor.value()?).unwrap_or_default();
                if key == b"\"nextPageToken\"" {
                    page.next = serde_json::from_slice::<Option<String>>(value)
                        .map_err(|_| NoPage::Other("its `nextPageToken` is no text".to_owned()))?
                        .filter(|token| !token.is_empty());
                } else if key == b"\"totalCount\"" {
                    page.total = serde_json::from_slice(value).ok();
                }
            }
            match cursor.next_token() {
                Some(b',') => cursor.at += 1,
                Some(b'}') => break,
                None => return Err(NoPage::CutOff),
                Some(_) => return Err(cursor.wrong()),
            }
        }
        cursor.at += 1;
        if cursor.next_token().is_some() {
            return Err(cursor.wrong());
        }
        if !has_studies {
            return Err(NoPage::Other("it has no `studies`".to_owned()));
        }
        page.bytes = bytes;
        Ok(page)
    }
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn wrong(&self) -> NoPage {
        NoPage::Other(format!("it is no JSON at byte {}", self.at))
    }

    /// The next byte that is no space; the cursor stands on it.
    fn next_token(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            if !byte.is_ascii_whitespace() {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    fn expect(&mut self, wanted: u8) -> Result<(), NoPage> {
        match self.next_token() {
            Some(byte) if byte == wanted => {
                self.at += 1;
                Ok(())
            }
            None => Err(NoPage::CutOff),
            Some(_) => Err(self.wrong()),
        }
    }

    /// Where the value that begins here stands; the cursor is past it. What is inside it is left to whoever reads it.
    fn value(&mut self) -> Result<Range<usize>, NoPage> {
        let Some(first) = self.next_token() else { return Err(NoPage::CutOff) };
        let start = self.at;
        if !matches!(first, b'{' | b'[' | b'"') {
            while self.bytes.get(self.at).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)) {
                self.at += 1;
            }
            return match self.bytes.get(self.at) {
                None => Err(NoPage::CutOff),
                Some(_) if self.at == start => Err(self.wrong()),
                Some(_) => Ok(start..self.at),
            };
        }
        let mut depth = 0_usize;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'"' => self.rest_of_string()?,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Ok(start..self.at);
            }
        }
        Err(NoPage::CutOff)
    }

    fn rest_of_string(&mut self) -> Result<(), NoPage> {
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                return Ok(());
            }
        }
        Err(NoPage::CutOff)
    }

    /// The items of the list that begins here.
    fn items(&mut self) -> Result<Vec<Range<usize>>, NoPage> {
        self.at += 1;
        let mut out = Vec::new();
        if self.next_token() == Some(b']') {
            self.at += 1;
            return Ok(out);
        }
        loop {
            out.push(self.value()?);
            match self.next_token() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(out);
                }
                None => return Err(NoPage::CutOff),
                Some(_) => return Err(self.wrong()),
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unnecessary_to_owned, reason = "`split` takes the bytes; the lint takes it for that of slices")]
mod tests {
    use super::*;

    fn texts(page: &Page) -> Vec<&str> {
        page.studies.iter().map(|range| std::str::from_utf8(&page.bytes[range.clone()]).unwrap()).collect()
    }

    #[test]
    fn studies_stay_the_bytes_that_came() {
        let text = r#" {"totalCount": 438897, "studies": [ {"a": "]}\"\\", "b": [1, {"c": null}]} , {"d": 1e9}],
            "somethingNew": {"x": [true, false, -1.5]}, "nextPageToken": "abra\u0063adabra"} "#;
        let page = Page::split(text.as_bytes().to_vec()).unwrap();
        assert_eq!(texts(&page), [r#"{"a": "]}\"\\", "b": [1, {"c": null}]}"#, r#"{"d": 1e9}"#]);
        assert_eq!((page.next.as_deref(), page.total), (Some("abracadabra"), Some(438_897)));
        let last = Page::split(br#"{"studies":[]}"#.to_vec()).unwrap();
        assert_eq!((last.studies.len(), last.next, last.total), (0, None, None));
    }

    #[test]
    fn a_page_that_is_cut_off_anywhere_is_known_as_such() {
        let text = br#"{"studies": [{"a": "b\"c"}, {"d": [1, 2]}], "totalCount": 12, "nextPageToken": "t"}"#;
        for end in 0..text.len() {
            assert_eq!(Page::split(text[..end].to_vec()), Err(NoPage::CutOff), "{end}");
        }
        assert!(Page::split(text.to_vec()).is_ok());
    }

    #[test]
    fn what_is_no_page_is_said() {
        for text in [
            "<html><body>Sign in</body></html>",
            "[]",
            "{}",
            r#"{"data": []}"#,
            r#"{"studies": {}}"#,
            r#"{"studies": [] ; }"#,
            r#"{"studies": [1 2]}"#,
            r#"{"studies": []} more"#,
            r#"{"studies": [], "nextPageToken": 7}"#,
            r#"{"studies": [,]}"#,
        ] {
            assert!(matches!(Page::split(text.as_bytes().to_vec()), Err(NoPage::Other(_))), "{text}");
        }
    }
}
