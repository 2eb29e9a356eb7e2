"""Invented names: common surnames and given names, never one of a real official of the campaign."""

from __future__ import annotations

from collections.abc import Container
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


def person(random: Random, officials: Container[str]) -> str:
    """Invent a name of two or three characters that none of the officials bears."""
    while True:
        name = random.choice(SURNAMES) + random.choice(GIVEN)
        if random.random() < 0.78:
            name += random.choice(GIVEN)
        if name not in officials and len(set(name)) == len(name):
            return name
