<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="zh_CN">
<context>
    <name>AddressInput</name>
    <message>
        <source>路名、门牌号、楼栋、房间号</source>
        <translation>路名、門牌號、樓棟、房間號</translation>
    </message>
</context>
<context>
    <name>AttractPage</name>
    <message>
        <source>一件事，一次办好</source>
        <translation>一件事，一次辦好</translation>
    </message>
    <message>
        <source>带上身份证，答几个问题，几分钟办完，当场拿回执。</source>
        <translation>帶上身分證，答幾個問題，幾分鐘辦完，當場拿回執。</translation>
    </message>
    <message>
        <source>刷身份证</source>
        <translation>刷身分證</translation>
    </message>
    <message>
        <source>答几个问题</source>
        <translation>答幾個問題</translation>
    </message>
    <message>
        <source>拿结果和回执</source>
        <translation>拿結果和回執</translation>
    </message>
    <message>
        <source>触摸屏幕，开始办理</source>
        <translation>觸摸螢幕，開始辦理</translation>
    </message>
    <message>
        <source>这里可以办</source>
        <translation>這裡可以辦</translation>
    </message>
    <message>
        <source>服务热线 %1</source>
        <translation>服務熱線 %1</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>照片清楚吗？</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>四边都在、字看得清，就可以用这张。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>用这张</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>拍照</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>高拍仪还没准备好</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>重拍</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>平放在高拍仪下面，四边都在框里</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>高拍仪正在准备，请稍候</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>手边没有，稍后补交</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>摄像头正在准备</source>
        <translation>攝影機正在準備</translation>
    </message>
</context>
<context>
    <name>ChoiceInput</name>
    <message>
        <source>输入一两个字，可以更快找到</source>
        <translation>輸入一兩個字，可以更快找到</translation>
    </message>
    <message>
        <source>没有这一项，请换个字，或清空后从列表里选</source>
        <translation>沒有這一項，請換個字，或清空後從列表裡選</translation>
    </message>
</context>
<context>
    <name>ChoicesInput</name>
    <message>
        <source>可以选几项</source>
        <translation>可以選幾項</translation>
    </message>
</context>
<context>
    <name>CodeBoxes</name>
    <message>
        <source>已输入 %1 位，共 %2 位</source>
        <translation>已輸入 %1 位，共 %2 位</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>这些信息对吗？</source>
        <translation>這些資料對嗎？</translation>
    </message>
    <message>
        <source>已经替您填好，不用再输入。有不对的，按“不对”，后面重新填写。</source>
        <translation>已經替您填好，不用再輸入。有不對的，按「不對」，後面重新填寫。</translation>
    </message>
    <message>
        <source>其余都对，继续</source>
        <translation>其餘都對，繼續</translation>
    </message>
    <message>
        <source>都对，继续</source>
        <translation>都對，繼續</translation>
    </message>
    <message>
        <source>%1现在查不到，相关的内容要请您填写。</source>
        <translation>%1現在查不到，相關的內容要請您填寫。</translation>
    </message>
</context>
<context>
    <name>Countdown</name>
    <message>
        <source>您还在吗？</source>
        <translation>您還在嗎？</translation>
    </message>
    <message>
        <source>为保护您的信息，时间到了会自动退出并清除已填的内容。</source>
        <translation>為保護您的資料，時間到了會自動退出並清除已填的內容。</translation>
    </message>
    <message>
        <source>继续办理</source>
        <translation>繼續辦理</translation>
    </message>
</context>
<context>
    <name>DateWheels</name>
    <message>
        <source>%1年</source>
        <translation>%1年</translation>
    </message>
    <message>
        <source>年</source>
        <translation>年</translation>
    </message>
    <message>
        <source>%1月</source>
        <translation>%1月</translation>
    </message>
    <message>
        <source>月</source>
        <translation>月</translation>
    </message>
    <message>
        <source>%1日</source>
        <translation>%1日</translation>
    </message>
    <message>
        <source>日</source>
        <translation>日</translation>
    </message>
    <message>
        <source>8 位数字，例如 19900315</source>
        <translation>8 位數字，例如 19900315</translation>
    </message>
    <message>
        <source>没有这一天，请核对年、月、日，例如 1990-03-15</source>
        <translation>沒有這一天，請核對年、月、日，例如 1990-03-15</translation>
    </message>
    <message>
        <source>改用滚轮选择</source>
        <translation>改用滾輪選擇</translation>
    </message>
    <message>
        <source>改用数字输入</source>
        <translation>改用數字輸入</translation>
    </message>
</context>
<context>
    <name>DigitPad</name>
    <message>
        <source>删除一位</source>
        <translation>刪除一位</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>模拟设备</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DocumentPage</name>
    <message>
        <source>现在读不了证件</source>
        <translation>現在讀不了證件</translation>
    </message>
    <message>
        <source>请放上身份证</source>
        <translation>請放上身分證</translation>
    </message>
    <message>
        <source>请插入社会保障卡</source>
        <translation>請插入社會保障卡</translation>
    </message>
    <message>
        <source>用来确认是您本人，并把证件上的信息替您填好。</source>
        <translation>用來確認是您本人，並把證件上的資料替您填好。</translation>
    </message>
    <message>
        <source>两个读卡设备都没有准备好</source>
        <translation>兩個讀卡設備都沒有準備好</translation>
    </message>
    <message>
        <source>请稍等一会儿，设备恢复后这一页会自动更新；急的话请到旁边的机器，或拨打 %1。</source>
        <translation>請稍等一會兒，設備恢復後這一頁會自動更新；急的話請到旁邊的機器，或撥打 %1。</translation>
    </message>
    <message>
        <source>请把证件拿开，再放一次</source>
        <translation>請把證件拿開，再放一次</translation>
    </message>
    <message>
        <source>读好了</source>
        <translation>讀好了</translation>
    </message>
    <message>
        <source>把身份证平放在阅读区，不要移动</source>
        <translation>把身分證平放在閱讀區，不要移動</translation>
    </message>
    <message>
        <source>请取走这张证件，换一张</source>
        <translation>請取走這張證件，換一張</translation>
    </message>
    <message>
        <source>从手机壳或卡包里取出来，放平、放正。</source>
        <translation>從手機殼或卡包裡取出來，放平、放正。</translation>
    </message>
    <message>
        <source>居民身份证、外国人永久居留身份证、港澳台居民居住证都可以</source>
        <translation>居民身分證、外國人永久居留身分證、港澳台居民居住證都可以</translation>
    </message>
    <message>
        <source>请拔出社会保障卡，再插一次</source>
        <translation>請拔出社會保障卡，再插一次</translation>
    </message>
    <message>
        <source>芯片朝上，把社会保障卡插到底</source>
        <translation>晶片朝上，把社會保障卡插到底</translation>
    </message>
    <message>
        <source>请拔出这张卡，换一张</source>
        <translation>請拔出這張卡，換一張</translation>
    </message>
    <message>
        <source>身份证阅读区现在用不了，请用社会保障卡</source>
        <translation>身分證閱讀區現在用不了，請用社會保障卡</translation>
    </message>
    <message>
        <source>没带身份证时用</source>
        <translation>沒帶身分證時用</translation>
    </message>
    <message>
        <source>没带身份证？用社会保障卡也行</source>
        <translation>沒帶身分證？用社會保障卡也行</translation>
    </message>
    <message>
        <source>芯片朝上，插进下方的卡槽，插到底</source>
        <translation>晶片朝上，插進下方的卡槽，插到底</translation>
    </message>
</context>
<context>
    <name>EntriesInput</name>
    <message>
        <source>删除</source>
        <translation>刪除</translation>
    </message>
</context>
<context>
    <name>FetchPage</name>
    <message>
        <source>正在查找您的信息</source>
        <translation>正在查找您的資料</translation>
    </message>
    <message>
        <source>暂时查不到您的信息</source>
        <translation>暫時查不到您的資料</translation>
    </message>
    <message>
        <source>查到的不用您再填、再交，一般只要几秒钟。</source>
        <translation>查到的不用您再填、再交，一般只要幾秒鐘。</translation>
    </message>
    <message>
        <source>可以再试一次；也可以直接继续，由您自己填写。</source>
        <translation>可以再試一次；也可以直接繼續，由您自己填寫。</translation>
    </message>
    <message>
        <source>自己填写，继续</source>
        <translation>自己填寫，繼續</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>再試一次</translation>
    </message>
    <message>
        <source>请稍候</source>
        <translation>請稍候</translation>
    </message>
    <message>
        <source>电子证照 · 各部门登记信息</source>
        <translation>電子證照 · 各部門登記資料</translation>
    </message>
</context>
<context>
    <name>FindPage</name>
    <message>
        <source>您要办什么事？</source>
        <translation>您要辦什麼事？</translation>
    </message>
    <message>
        <source>全部事项</source>
        <translation>全部事項</translation>
    </message>
    <message>
        <source>按部门找</source>
        <translation>按部門找</translation>
    </message>
    <message>
        <source>搜一搜</source>
        <translation>搜一搜</translation>
    </message>
    <message>
        <source>用平常说的话就行，例如：开饭店、老人补贴</source>
        <translation>用平常說的話就行，例如：開飯店、老人補貼</translation>
    </message>
    <message>
        <source>没有找到“%1”</source>
        <translation>沒有找到「%1」</translation>
    </message>
    <message>
        <source>换个说法再试，比如只写两三个字；也可以看“全部事项”，或拨打 %1 问工作人员。</source>
        <translation>換個說法再試，比如只寫兩三個字；也可以看「全部事項」，或撥打 %1 問工作人員。</translation>
    </message>
    <message>
        <source>手上有办事指南？把上面的二维码对准下方扫码口，直接打开这件事。</source>
        <translation>手上有辦事指南？把上面的二維碼對準下方掃碼口，直接打開這件事。</translation>
    </message>
</context>
<context>
    <name>GoodbyePage</name>
    <message>
        <source>请取走您的卡</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请取走身份证</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>谢谢，再见</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还差一步</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>您的信息已经从这台机器上清除。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>您的证件还在机器上，拿走就好。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>回到首页</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>祝您顺利</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GuideModel</name>
    <message>
        <source>当场出结果</source>
        <translation>當場出結果</translation>
    </message>
    <message>
        <source>最长 {n} 个工作日</source>
        <translation>最長 {n} 個工作日</translation>
    </message>
    <message>
        <source>不收费</source>
        <translation>不收費</translation>
    </message>
    <message>
        <source>{yuan} 元</source>
        <translation>{yuan} 元</translation>
    </message>
    <message>
        <source>当场</source>
        <translation>當場</translation>
    </message>
    <message>
        <source>{n} 个工作日</source>
        <translation>{n} 個工作日</translation>
    </message>
    <message>
        <source>比逐项办理少填 {fields} 项，少交 {materials} 份材料</source>
        <translation>比逐項辦理少填 {fields} 項，少交 {materials} 份材料</translation>
    </message>
</context>
<context>
    <name>GuidePage</name>
    <message>
        <source>开始办理</source>
        <translation>開始辦理</translation>
    </message>
    <message>
        <source>办理时间</source>
        <translation>辦理時間</translation>
    </message>
    <message>
        <source>费用</source>
        <translation>費用</translation>
    </message>
    <message>
        <source>一次办好这些事</source>
        <translation>一次辦好這些事</translation>
    </message>
    <message>
        <source>需要的材料</source>
        <translation>需要的材料</translation>
    </message>
    <message>
        <source>办理依据：%1</source>
        <translation>辦理依據：%1</translation>
    </message>
</context>
<context>
    <name>KnownRow</name>
    <message>
        <source>后面会请您重新填写</source>
        <translation>後面會請您重新填寫</translation>
    </message>
    <message>
        <source>还是对的</source>
        <translation>還是對的</translation>
    </message>
    <message>
        <source>不对</source>
        <translation>不對</translation>
    </message>
</context>
<context>
    <name>MaterialCard</name>
    <message>
        <source>再看承诺</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>看承诺书</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>重新拍照</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>现在拍照</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>稍后补交</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MaterialsModel</name>
    <message>
        <source>稍后补交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{way}：{title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>承诺即可，不用交材料</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请用高拍仪拍照</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MaterialsPage</name>
    <message>
        <source>办这件事要用的材料</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>材料都齐了，请继续。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还有 %1 份需要您提供。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>去核对信息</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>提供下一份</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>需要您提供</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>不用您准备</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticePage</name>
    <message>
        <source>办理前请您知晓</source>
        <translation>辦理前請您知悉</translation>
    </message>
    <message>
        <source>我已知晓，继续</source>
        <translation>我已知悉，繼續</translation>
    </message>
</context>
<context>
    <name>Origin</name>
    <message>
        <source>身份证件</source>
        <translation>身分證件</translation>
    </message>
    <message>
        <source>电子证照</source>
        <translation>電子證照</translation>
    </message>
    <message>
        <source>政务数据</source>
        <translation>政務資料</translation>
    </message>
</context>
<context>
    <name>OutcomesModel</name>
    <message>
        <source>第 {n} 份申请</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>申请保存在这台机器里，网络恢复后自动提交，不用再填一遍。您可以放心离开。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day}前办结</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在审核</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>申请编号 {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>上门核查：{day} {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办件编号 {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>咨询电话 {contact}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已办好</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已预约上门核查</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>转人工审核</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>不予批准</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在提交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已保存，稍后自动提交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已提交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>需要修改</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有提交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} 项已办好</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} 项已受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} 项已预约上门</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} 项转人工审核</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} 项不予批准</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} 项还在审核</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>，</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutcomesPage</name>
    <message>
        <source>还没有提交成功</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在提交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已保存，稍后自动提交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办理结果</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>各部门正在办理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>回去修改</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>打印回执</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>不等了，打印回执</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>回去重新提交</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Overlays</name>
    <message>
        <source>继续办理</source>
        <translation>繼續辦理</translation>
    </message>
    <message>
        <source>要退出办理吗？</source>
        <translation>要退出辦理嗎？</translation>
    </message>
    <message>
        <source>退出后，已填的内容会清除，下次要重新填写。</source>
        <translation>退出後，已填的內容會清除，下次要重新填寫。</translation>
    </message>
    <message>
        <source>清除并退出</source>
        <translation>清除並退出</translation>
    </message>
    <message>
        <source>不换，继续办理</source>
        <translation>不換，繼續辦理</translation>
    </message>
    <message>
        <source>需要帮助？</source>
        <translation>需要幫助？</translation>
    </message>
    <message>
        <source>打服务热线，或请旁边窗口的工作人员帮忙。您填的内容不会丢。</source>
        <translation>打服務熱線，或請旁邊窗口的工作人員幫忙。您填的內容不會丟。</translation>
    </message>
    <message>
        <source>回到办理页面</source>
        <translation>回到辦理頁面</translation>
    </message>
</context>
<context>
    <name>PageFrame</name>
    <message>
        <source>回到上面</source>
        <translation>回到上面</translation>
    </message>
    <message>
        <source>已到最后</source>
        <translation>已到最後</translation>
    </message>
    <message>
        <source>下面还有</source>
        <translation>下面還有</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>首页</source>
        <translation>首頁</translation>
    </message>
    <message>
        <source>标准字</source>
        <translation>標準字</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>大字</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>說明</translation>
    </message>
</context>
<context>
    <name>ProgressBar</name>
    <message>
        <source>已完成 %1%</source>
        <translation>已完成 %1%</translation>
    </message>
</context>
<context>
    <name>PromisePage</name>
    <message>
        <source>您承诺以下内容，就不用交这份材料。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>我承诺</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>部门事后会核查。承诺不属实，要撤销结果，并承担责任。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QrImage</name>
    <message>
        <source>二维码</source>
        <translation>二維碼</translation>
    </message>
</context>
<context>
    <name>QuestionPage</name>
    <message>
        <source>第 %1 题，共 %2 题</source>
        <translation>第 %1 題，共 %2 題</translation>
    </message>
    <message>
        <source>填好了，继续</source>
        <translation>填好了，繼續</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>不填，跳过</source>
        <translation>不填，跳過</translation>
    </message>
</context>
<context>
    <name>RatingModel</name>
    <message>
        <source>办得太慢</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>指南说得不清楚</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>要填要交的太多</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>机器不好用</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RatingPage</name>
    <message>
        <source>这次办得怎么样？</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>哪里让您不满意？</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>点一下就好，您的评价帮我们改进。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>可以选几项，也可以直接提交。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>提交评价</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>不评价</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>正在打印回执</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没打印出来，请拍下二维码</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请看看有没有回执</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请取走回执</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>凭二维码或编号，在窗口和机器上都能查进度。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>凭回执上的编号，随时能查进度。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>记下了，继续</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>拿到了，继续</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在打印，请稍候</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请看看屏幕下方的出纸口</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>回执打好了，请从出纸口取走</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>打印机没有回音。没有回执，就拍下这里的编号。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>回执从屏幕下方的出纸口出来。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办件查询码</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>申请编号</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>再打印一次</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewModel</name>
    <message>
        <source>稍后补交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本次少填 {fields} 项，少交 {materials} 份材料</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{item}（第 {n} 份申请）</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>请核对，没错就提交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>哪一项不对，点旁边的「修改」。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>去签名</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>提交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1：会转人工审核</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 您仍可提交，由工作人员决定。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>材料</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>提交即承诺</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Ring</name>
    <message>
        <source>还有 %1 秒</source>
        <translation>還有 %1 秒</translation>
    </message>
</context>
<context>
    <name>ShellModel</name>
    <message>
        <source>选事项</source>
        <translation>選事項</translation>
    </message>
    <message>
        <source>验身份</source>
        <translation>驗身分</translation>
    </message>
    <message>
        <source>填信息</source>
        <translation>填資料</translation>
    </message>
    <message>
        <source>交材料</source>
        <translation>交材料</translation>
    </message>
    <message>
        <source>核对提交</source>
        <translation>核對提交</translation>
    </message>
    <message>
        <source>取结果</source>
        <translation>取結果</translation>
    </message>
</context>
<context>
    <name>SignPage</name>
    <message>
        <source>请签名</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1，请写下您的名字。签好后马上提交。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>签好了，提交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请先在框里签名</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>请在这里用手指签名</source>
        <translation>請在這裡用手指簽名</translation>
    </message>
    <message>
        <source>撤销一笔</source>
        <translation>復原一筆</translation>
    </message>
    <message>
        <source>全部重写</source>
        <translation>全部重寫</translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>请稍候</source>
        <translation>請稍候</translation>
    </message>
</context>
<context>
    <name>StarRating</name>
    <message>
        <source>非常满意</source>
        <translation>非常滿意</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>滿意</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>基本滿意</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>不滿意</translation>
    </message>
    <message>
        <source>非常不满意</source>
        <translation>非常不滿意</translation>
    </message>
    <message>
        <source>请为这次服务评价</source>
        <translation>請為這次服務評價</translation>
    </message>
</context>
<context>
    <name>SummaryRow</name>
    <message>
        <source>修改</source>
        <translation>修改</translation>
    </message>
</context>
<context>
    <name>TextInputField</name>
    <message>
        <source>清空</source>
        <translation>清空</translation>
    </message>
</context>
<context>
    <name>VerifyPage</name>
    <message>
        <source>没有登记手机号码</source>
        <translation>沒有登記手機號碼</translation>
    </message>
    <message>
        <source>请输入短信验证码</source>
        <translation>請輸入簡訊驗證碼</translation>
    </message>
    <message>
        <source>%1，正在给您登记的手机发送验证码。</source>
        <translation>%1，正在給您登記的手機發送驗證碼。</translation>
    </message>
    <message>
        <source>%1，验证码已发到 %2。</source>
        <translation>%1，驗證碼已發到 %2。</translation>
    </message>
    <message>
        <source>回到首页</source>
        <translation>回到首頁</translation>
    </message>
    <message>
        <source>没收到，重新发送</source>
        <translation>沒收到，重新發送</translation>
    </message>
    <message>
        <source>发送验证码</source>
        <translation>發送驗證碼</translation>
    </message>
    <message>
        <source>正在核对…</source>
        <translation>正在核對…</translation>
    </message>
    <message>
        <source>还可以输入 %1 次</source>
        <translation>還可以輸入 %1 次</translation>
    </message>
</context>
<context>
    <name>Ways</name>
    <message>
        <source>系统自动生成</source>
        <translation>系統自動產生</translation>
    </message>
    <message>
        <source>有电子证照就不用带</source>
        <translation>有電子證照就不用帶</translation>
    </message>
    <message>
        <source>联网核对，不用带</source>
        <translation>連線核對，不用帶</translation>
    </message>
    <message>
        <source>承诺即可，不用带</source>
        <translation>承諾即可，不用帶</translation>
    </message>
    <message>
        <source>现场拍照，可以后补</source>
        <translation>現場拍照，可以後補</translation>
    </message>
    <message>
        <source>现场拍照，请带原件</source>
        <translation>現場拍照，請帶原件</translation>
    </message>
    <message>
        <source>已自动生成</source>
        <translation>已自動產生</translation>
    </message>
    <message>
        <source>已找到电子证照</source>
        <translation>已找到電子證照</translation>
    </message>
    <message>
        <source>已联网核对</source>
        <translation>已連線核對</translation>
    </message>
    <message>
        <source>已承诺</source>
        <translation>已承諾</translation>
    </message>
    <message>
        <source>已拍照</source>
        <translation>已拍照</translation>
    </message>
</context>
<context>
    <name>WhyAsked</name>
    <message>
        <source>为什么问：%1</source>
        <translation>為什麼問：%1</translation>
    </message>
    <message>
        <source>用于：%1</source>
        <translation>用於：%1</translation>
    </message>
</context>
<context>
    <name>YesNoInput</name>
    <message>
        <source>是</source>
        <translation>是</translation>
    </message>
    <message>
        <source>否</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>_Services</name>
    <message>
        <source>{items} 个事项 · {departments} 个部门 · 一次办</source>
        <translation>{items} 個事項 · {departments} 個部門 · 一次辦</translation>
    </message>
    <message>
        <source>当场办结</source>
        <translation>當場辦結</translation>
    </message>
    <message>
        <source>承诺后当场办结</source>
        <translation>承諾後當場辦結</translation>
    </message>
    <message>
        <source>预约上门核查</source>
        <translation>預約上門核查</translation>
    </message>
    <message>
        <source>受理后由工作人员审核</source>
        <translation>受理後由工作人員審核</translation>
    </message>
</context>
</TS>
