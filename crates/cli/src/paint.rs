//! Colour, only on a terminal and only where the user allows it.

use anstyle::{AnsiColor, Style};
use std::io::IsTerminal;

/// Whether output may be coloured.
pub fn allowed() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// A word in a colour, where allowed.
pub fn paint(word: &str, colour: AnsiColor) -> String {
    if !allowed() {
        return word.to_owned();
    }
    let style = Style::new().fg_color(Some(colour.into())).bold();
    format!("{style}{word}{style:#}")
}
