# Needs a translator's review.

## Files to keep.

download-no-font = 此服务器没有中文字体，无法生成此 PDF。请改选 HTML（打印效果相同），或选择其他语言。
