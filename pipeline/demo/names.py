"""Invented names: common surnames and given names, never one that stands in Annex 1."""

from __future__ import annotations

from random import Random

SURNAMES = (
    "王李张刘陈杨赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙段郝孔邵史毛常万顾赖"
    "武康贺严尹钱施牛洪龚"
)
GIVEN = (
    "明国建文志永春秋海山林峰涛波军勇刚强平安康宁和顺福贵祥瑞庆喜旺兴华荣昌盛德仁义礼智信忠孝"
    "良善正清水泉河湖江川玉兰梅竹菊芳芬香英秀丽娟红霞云雪霜月星辰光辉亮晴朗耀宏伟杰俊豪才学书"
    "田禾麦丰收土石柱根树森木青翠长胜利全东西南北中"
)
REAL = frozenset(
    "刘垠 高立范 闫道畅 张响 魏鹏程 付朝臣 胡红晓 王炳均 杨克岭 杨慧莉 曹道应 黄春生 闫海涛 "
    "宋云乐 李伟 李大伟 李阳 王文义 冉俊锋 李飞 常全根 金世海 周彬 杨涛 张宇晓 陈维康 李慎群 "
    "吕廷军".split()
)
"""The officials of Annex 1; nothing invented may carry their names."""


def person(random: Random) -> str:
    """Invent a name of two or three characters."""
    while True:
        name = random.choice(SURNAMES) + random.choice(GIVEN)
        if random.random() < 0.78:
            name += random.choice(GIVEN)
        if name not in REAL and len(set(name)) == len(name):
            return name
