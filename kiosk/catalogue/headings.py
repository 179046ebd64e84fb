"""Chinese names of the keys of catalogue files, for workbooks and editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COMMON: Final[Mapping[str, str]] = {
    "id": "标识",
    "name": "名称",
    "title": "标题",
    "says": "说明文字",
    "when": "适用条件",
    "item": "事项",
    "items": "事项",
    "material": "材料",
    "materials": "材料",
    "department": "部门",
    "stage": "生命周期阶段",
    "audience": "服务对象",
    "examples": "办件示例",
    "given": "给定的答案",
    "outcome": "办理结局",
    "everyday": "口语叫法",
    "summary": "一句话说明",
    "licence": "证照种类",
    "register": "登记库",
    "promise": "承诺内容",
    "hint": "提示",
    "fields": "字段",
    "rules": "规则",
    "kind": "种类",
    "why": "为什么问",
    "holder": "登记谁",
    "section": "所在部分",
    "decide": "决定",
    "output": "输出",
    "value": "值",
    "expression": "表达式",
}
"""By key, where it means the same in every record."""

SPECIAL: Final[Mapping[str, Mapping[str, str]]] = {
    "Department": {"phone": "咨询电话", "office": "窗口地址", "hours": "办公时间"},
    "Division": {"code": "区划代码", "children": "下级区划"},
    "Need": {"element": "数据元或组", "required": "必填", "repeat": "逐个填写的清单"},
    "NeedGroup": {"needs": "数据元"},
    "RepeatDeclaration": {
        "prefix": "前缀",
        "one": "每一个叫什么",
        "add": "再添加",
        "minimum": "最少",
        "maximum": "最多",
    },
    "MaterialUse": {"deferrable": "可容缺"},
    "Material": {"obtained": "获取方式", "origin": "来源"},
    "Guide": {
        "url": "网址",
        "fields": "原表填报项",
        "materials": "原指南材料",
        "confirmed": "部门已确认",
    },
    "Result": {"delivery": "送达方式"},
    "SpecialStep": {"step": "特殊环节", "days": "工作日"},
    "ThemeExample": {"outcomes": "各事项结局"},
    "Item": {
        "code": "事项编码",
        "name": "事项名称",
        "kind": "事项类型",
        "carries": "终端能办到",
        "assurance": "实名级别",
        "decision": "审批方式",
        "table": "决策表",
        "statutory_days": "法定时限（工作日）",
        "committed_days": "承诺时限（工作日）",
        "decided_with": "配套服务",
        "filed": "通办范围",
        "decided_at": "审批地",
        "fee_fen": "收费（分）",
        "legal_basis": "设定依据",
        "needs": "填报项",
        "guide": "办事指南",
        "result": "结果",
        "alone": "可单独办理",
        "special_steps": "特殊环节",
        "defer_days": "容缺补交期限（工作日）",
        "promise_check_days": "事后核查期限（工作日）",
        "after": "须先办",
        "conflicts": "不能同办",
    },
    "City": {"reach": "远近", "office": "通办窗口", "phone": "咨询电话", "adds_days": "另加工作日"},
    "OneThing": {
        "icon": "图标",
        "lead": "牵头部门",
        "list": "清单批次",
        "year": "年份",
        "region": "层级",
        "uncertain": "名称待确认",
        "situation": "情形问题",
        "per": "逐个成件的清单",
        "notice": "告知",
        "everyday_questions": "常见问法",
        "companions": "相关事项",
    },
    "TableInput": {"name": "列名", "type": "类型"},
    "TableRule": {
        "when": "各列的条件",
        "reason": "理由",
        "basis": "依据",
        "rules_out": "提交前告知",
    },
    "DecisionTable": {"hit": "命中策略", "inputs": "输入列", "rules": "规则行"},
    "LicenceType": {"issuer": "发证部门", "valid_months": "有效期（月）", "held_by": "一般谁持有"},
    "Sentences": {
        "required": "没有填写时",
        "check": "校验不符时",
        "bounds": "超出范围时",
        "why": "为什么查",
        "approve": "批准的理由",
    },
    "PlaceRule": {
        "one_things": "一件事",
        "near": "附近有",
        "within_m": "多少米内",
        "offer": "推荐",
        "because": "因为",
    },
    "Choice": {"title": "选项"},
    "Element": {
        "title": "名称",
        "question": "问题",
        "choices": "选项",
        "unit": "单位",
        "known_from": "数据来源",
        "confirm": "请本人确认",
        "mask": "遮盖",
        "fact": "只查不问",
        "computed": "自动算出",
        "example": "示例答案",
        "source": "依据标准",
    },
    "Rule": {"rule": "规则"},
    "Address": {"division": "区划代码", "detail": "详细地址"},
}
"""By record and key, where the record gives a key its own meaning."""


def heading(record: str, key: str) -> str:
    """Return what a key of a record is called in Chinese.

    Raises:
        KeyError: It has no name yet; a test asks for one of every key.
    """
    return SPECIAL.get(record, {}).get(key) or COMMON[key]
