//! Fonts with Chinese characters, for PDFs: one that is complete is too large to be carried along.

use crate::error::Problem;
use crate::tongue::{self, Speak, Tongue};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Where systems keep such a font, the first that is there is taken.
const PLACES: [&str; 9] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "C:\\Windows\\Fonts\\msyh.ttc",
];

/// A font with its name, as a PDF takes it.
type Named = (String, Vec<u8>);

/// Which font the Chinese characters of a PDF are taken from. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub enum Fonts {
    /// The first of the usual places of this machine that has one, read when a PDF first needs it.
    #[default]
    Usual,
    /// One that the operator named; none where the list is empty.
    Given(Arc<[Named]>),
}

/// Why a font cannot be used. Each sentence goes on after the name of its file: "noto.ttf: cannot be read".
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// The file is not there, or may not be read.
    #[error("cannot be read ({0}); name a font file of this machine, or leave `pdf.font` out")]
    Unreadable(#[from] std::io::Error),
    /// It is no font.
    #[error("is no font that can be used ({0}); name a TrueType or OpenType font")]
    NoFont(#[from] trialway_report::ReportError),
    /// It lacks characters of the Chinese pages.
    #[error(
        "lacks {n} of the characters that the Chinese pages are written with, {some} among them; name a font with simplified Chinese \
         characters, such as Noto Sans CJK or WenQuanYi Micro Hei"
    )]
    Lacks {
        /// How many.
        n: usize,
        /// The first of them.
        some: String,
    },
}

impl Fonts {
    /// A font that the operator names.
    ///
    /// **Errors**: [`FontError`], also where it lacks characters that the Chinese pages are written with.
    pub fn from_file(path: &Path) -> Result<Self, FontError> {
        let fonts = [("Chinese".to_owned(), std::fs::read(path)?)];
        let text = [tongue::text(Tongue::Chinese), trialway_report::messages(Tongue::Chinese).to_owned()].concat();
        let lacking = trialway_report::lacking(&fonts, &text)?;
        if !lacking.is_empty() {
            return Err(FontError::Lacks { n: lacking.len(), some: lacking.into_iter().take(5).collect() });
        }
        Ok(Self::Given(Arc::from(fonts)))
    }

    /// The fonts that a PDF in a language needs beside the built-in one.
    ///
    /// **Errors**: a sentence for the person, where a language needs one and there is none.
    pub(crate) fn of(&self, tongue: Tongue) -> Result<&[Named], Problem> {
        if tongue != Tongue::Chinese {
            return Ok(&[]);
        }
        let fonts = match self {
            Self::Usual => usual(),
            Self::Given(fonts) => fonts,
        };
        if fonts.is_empty() { Err(Problem::BadInput(tongue.say("download-no-font"))) } else { Ok(fonts) }
    }
}

fn usual() -> &'static [Named] {
    static FONT: OnceLock<Vec<Named>> = OnceLock::new();
    FONT.get_or_init(|| {
        let read = |place: &&str| Some(("Chinese".to_owned(), std::fs::read(place).ok()?));
        PLACES.iter().find_map(read).into_iter().collect()
    })
}
