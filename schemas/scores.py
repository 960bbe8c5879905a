"""The scores: what models think of a text, each with its unit."""

import polars as pl

SCORE_UNITS: dict[str, str] = {
    "education": "how much lasting knowledge or skill the text gives, 0 (none) to 5 (a textbook)",
    "spam": "chance that the text promotes gambling, pornography, fraud or black markets, 0 to 1",
    "toxicity": "chance that the text insults people or incites against them, 0 to 1",
    "perplexity": "how surprised a character model of clean Chinese is, 1 (never) upwards",
    "volatility": "how far the text is bound to its moment, 0 (lasting) to 1 (stale tomorrow)",
}
"""Every number a bundled model gives, in the order of the table."""

INDUSTRIES: dict[str, str] = {
    "accommodation_catering_hotel": "住宿餐饮",
    "aerospace": "航空航天",
    "agriculture_forestry_animal_husbandry_fishery": "农林牧渔",
    "ai_ml": "人工智能",
    "automobile": "汽车",
    "biomedicine": "生物医药",
    "computer_communication": "计算机通信",
    "programming_code": "编程与代码",
    "current_affairs_government_administration": "时政政务",
    "electric_power_energy": "电力能源",
    "film_entertainment": "影视娱乐",
    "finance_economics": "金融经济",
    "fire_safety_food_safety": "消防食品安全",
    "game": "游戏",
    "law_judiciary": "法律司法",
    "literature_emotion": "文学情感",
    "mathematics_statistics": "数学统计",
    "medicine_health_psychology_tcm": "医学健康心理中医",
    "mining": "采矿",
    "news_media": "新闻传媒",
    "other_information_services_information_security": "其他信息服务与信息安全",
    "other_manufacturing": "其他制造",
    "petrochemical": "石油化工",
    "real_estate_construction": "房产建筑",
    "sports": "体育",
    "subject_education": "学科教育",
    "technology_scientific_research": "科技科研",
    "tourism_geography": "旅游地理",
    "transportation": "交通运输",
    "water_resources_ocean": "水利海洋",
    "other": "其他",
}
"""The 31 categories of BAAI's IndustryCorpus2, and their Chinese names."""

OWN = pl.List(pl.Struct({"name": pl.String(), "score": pl.Float32()}))

SCORES = pl.Schema(
    {
        "doc_id": pl.String(),
        **dict.fromkeys(SCORE_UNITS, pl.Float32()),
        "industry": pl.String(),
        "industry_confidence": pl.Float32(),
        "own": OWN,
    }
)
"""One row a document. `industry` is one of `INDUSTRIES` and `industry_confidence` the chance that
it is right, 0 to 1. `own` has what the scorers of corpus.yaml say that are none of the above, in
the order of their names. A score is null where the text has nothing to judge."""
