# Needs a translator's review.

## The first page, and the form for searching.

home-page-title = Trialway：查找临床试验，了解它的要求
home-title = 查找临床试验，了解它的要求
home-lead = 搜索研究，用通俗的话了解谁可能可以参加，并在保护隐私的前提下将病历与每一条要求逐一核对。
home-empty = 这里还没有任何研究
home-empty-load = 请用 `trialway ingest 路径` 载入研究登记信息：API v2 JSON、NDJSON、旧版 XML（可为 gzip 或 zip 压缩），或包含它们的文件夹。然后重新打开本页。
home-empty-demo = 如想先看看，请运行 `trialway serve --demo`。
home-held = 这里收录了 { $studies }。
home-try = 试试搜索[狼疮]、[哮喘]或[肾病综合征]。
home-all = 显示全部
home-read = 阅读研究的要求
home-read-means = 每一条都按研究公布的原文列出，旁边是计算机理解的意思。没有理解的部分按原文显示。
home-story = 从自己的描述开始
home-story-means = [用自己的话说明]是为谁查找、情况如何。您会先看到系统理解了什么，然后看到可能匹配的研究及理由。不保存任何内容。
home-check = 核对病历
home-check-means = [将病历与研究核对]：可选一项或所有研究。每一条都给出：符合、不符合或未定，依据是什么，以及需要问什么。不保存任何内容。
home-unknown = 未知就是未知
home-unknown-means = 缺少的信息绝不会被当作“否”。答案至多是“可能匹配”：由研究团队决定。
form-words = 疾病、治疗、自己的描述或 NCT 编号
form-near = 附近（城市）
form-age = 年龄（岁）
form-search = 搜索
