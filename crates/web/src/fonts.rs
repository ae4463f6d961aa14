//! A font of this machine with Chinese characters, for PDFs: one that is complete is too large to be carried along.

use std::sync::OnceLock;

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

/// The font with its name; empty where this machine has none in a usual place.
///
/// **Shape**: read once, when a text first needs it.
pub fn chinese() -> &'static [(String, Vec<u8>)] {
    static FONT: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    FONT.get_or_init(|| {
        let read = |place: &&str| Some(("Chinese".to_owned(), std::fs::read(place).ok()?));
        PLACES.iter().find_map(read).into_iter().collect()
    })
}
