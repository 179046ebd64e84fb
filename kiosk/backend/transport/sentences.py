"""What is said of a way, in three languages."""

from __future__ import annotations

from kiosk.words import Text

FOUND = Text(
    zh_hans="全程 {km} 公里，约 {minutes} 分钟，{hours}通行。",
    zh_hant="全程 {km} 公里，約 {minutes} 分鐘，{hours}通行。",
    en="{km} km, about {minutes} minutes, {hours}.",
)
EVERY_DAY = Text(
    zh_hans="每天 {start} 到 {end} ",
    zh_hant="每天 {start} 到 {end} ",
    en="every day from {start} to {end}",
)
OVER_NIGHT = Text(
    zh_hans="每晚 {start} 到第二天 {end} ",
    zh_hant="每晚 {start} 到第二天 {end} ",
    en="every night from {start} to {end}",
)
NO_WAY = Text(
    zh_hans="按车货的尺寸和重量，两地之间没有能走的路线。可以拆分或换车再试，也可以打电话问。",
    zh_hant="按車貨的尺寸和重量，兩地之間沒有能走的路線。可以拆分或換車再試，也可以打電話問。",
    en="There is no way for a load of this size and weight. Try a smaller load or another vehicle, or call us.",
)
OTHER_HOURS = Text(
    zh_hans="您选的时间没有能走的路线，{hours}有。",
    zh_hant="您選的時間沒有能走的路線，{hours}有。",
    en="There is no way at the time you chose; there is one {hours}.",
)
PART = Text(
    zh_hans="其中{authority}管 {km} 公里{state}。",
    zh_hant="其中{authority}管 {km} 公里{state}。",
    en="{km} km are of {authority}{state}.",
)
CLEAR = Text(zh_hans="，都能走", zh_hant="，都能走", en=", and can be used")
DOUBTFUL = Text(
    zh_hans="，有 {count} 处要核对", zh_hant="，有 {count} 處要核對", en=", of which {count} have to be looked at"
)
LOOK = Text(
    zh_hans="要核对的路段：{places}。",
    zh_hant="要核對的路段：{places}。",
    en="To be looked at: {places}.",
)
PLACE = Text(
    zh_hans="{road}{structure}（离起点 {km} 公里，{limit}）",
    zh_hant="{road}{structure}（離起點 {km} 公里，{limit}）",
    en="{road}{structure} ({km} km from the start, {limit})",
)
AND_MORE = Text(zh_hans="等 {count} 处", zh_hant="等 {count} 處", en="and more, {count} in all")
STRUCTURES = {
    "road": Text(zh_hans="", zh_hant="", en=""),
    "bridge": Text(zh_hans="的桥", zh_hant="的橋", en=", bridge"),
    "tunnel": Text(zh_hans="的隧道", zh_hant="的隧道", en=", tunnel"),
    "ramp": Text(zh_hans="", zh_hant="", en=""),
}
LIMIT = Text(
    zh_hans="限{measure} {limit}{unit}，车货 {wanted}{unit}",
    zh_hant="限{measure} {limit}{unit}，車貨 {wanted}{unit}",
    en="{measure} limit {limit}{unit}, yours {wanted}{unit}",
)
LIMIT_UNKNOWN = Text(
    zh_hans="限{measure}没有登记",
    zh_hant="限{measure}沒有登記",
    en="no {measure} limit on record",
)
MEASURES = {
    "height_cm": Text(zh_hans="高", zh_hant="高", en="height"),
    "width_cm": Text(zh_hans="宽", zh_hant="寬", en="width"),
    "length_cm": Text(zh_hans="长", zh_hant="長", en="length"),
    "weight_kg": Text(zh_hans="重", zh_hant="重", en="weight"),
    "axle_kg": Text(zh_hans="轴重", zh_hant="軸重", en="axle load"),
}
METRES = Text(zh_hans=" 米", zh_hant=" 公尺", en=" m")
TONNES = Text(zh_hans=" 吨", zh_hant=" 噸", en=" t")
AS_ORDERED = Text(
    zh_hans="按证上的时间、路线行驶，公路不超过 60 公里/小时，城市道路不超过 40 公里/小时",
    zh_hant="按證上的時間、路線行駛，公路不超過 60 公里/小時，城市道路不超過 40 公里/小時",
    en="Keep to the hours and the way; at most 60 km/h on highways, 40 km/h on city roads",
)
BRIDGES = Text(
    zh_hans="过桥时居中、匀速，不在桥上停车、变速",
    zh_hant="過橋時居中、勻速，不在橋上停車、變速",
    en="Cross bridges in the middle at one speed; do not stop or change speed on them",
)
SIGNS = Text(
    zh_hans="悬挂超限标志，夜间开标志灯",
    zh_hant="懸掛超限標誌，夜間開標誌燈",
    en="Show the oversize sign, with marker lights at night",
)
ESCORT = Text(zh_hans="前后各有一辆护送车", zh_hant="前後各有一輛護送車", en="One escort car in front and one behind")
ESCORT_PLAN = Text(
    zh_hans="按报送的护送方案护送",
    zh_hant="按報送的護送方案護送",
    en="Escorted as in the escort plan",
)
