<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="zh_CN">
<context>
    <name>About</name>
    <message>
        <source>办这些要用：{items}。</source>
        <translation>Needed for: {items}.</translation>
    </message>
    <message>
        <source>办这件事的人都要填，不是只问您。</source>
        <translation>Everybody who does this is asked, not only you.</translation>
    </message>
    <message>
        <source>因为“{title}”里有 {n} 项。</source>
        <translation>Because “{title}” has {n} entries.</translation>
    </message>
    <message>
        <source>“{title}”还不知道，所以先请您填上，免得漏了。</source>
        <translation>“{title}” is not known yet, so please fill this in to be safe.</translation>
    </message>
    <message>
        <source>因为“{title}”是“{answer}”（{origin}）。</source>
        <translation>Because “{title}” is “{answer}” ({origin}).</translation>
    </message>
    <message>
        <source>因为您在“{title}”填的是“{answer}”。</source>
        <translation>Because your answer to “{title}” is “{answer}”.</translation>
    </message>
    <message>
        <source>这是按您填的“{titles}”算出来的，不用您填。</source>
        <translation>Worked out from your answers to “{titles}”; you need not fill it in.</translation>
    </message>
    <message>
        <source>来自{origin}，您可以改。</source>
        <translation>It comes from: {origin}. You may change it.</translation>
    </message>
    <message>
        <source>{sources}里有，但您说不对，所以请您自己填。</source>
        <translation>It is on record ({sources}), but you said it is wrong, so please fill it in yourself.</translation>
    </message>
    <message>
        <source>本来可以从{sources}查到，这次没有查到，所以请您填。</source>
        <translation>It can be looked up ({sources}), but was not found this time, so please fill it in.</translation>
    </message>
    <message>
        <source>各部门都没有登记这一项，只有您知道，所以请您填。</source>
        <translation>No department has this on record; only you know it, so please fill it in.</translation>
    </message>
    <message>
        <source>这一项照着“{source}”来填。</source>
        <translation>This question follows “{source}”.</translation>
    </message>
    <message>
        <source>您填的只用来办这件事。</source>
        <translation>What you fill in is used for this and nothing else.</translation>
    </message>
</context>
<context>
    <name>AddressInput</name>
    <message>
        <source>输入地名，或拼音首字母，例如 ljq</source>
        <translation>Type the place, or the initials of its Pinyin, such as ljq</translation>
    </message>
    <message>
        <source>路名、门牌号、楼栋、房间号</source>
        <translation>Street, number, building, room</translation>
    </message>
</context>
<context>
    <name>Ask</name>
    <message>
        <source>就是这个数</source>
        <translation>This is the number</translation>
    </message>
</context>
<context>
    <name>AttractHero</name>
    <message>
        <source>一件事，一次办好</source>
        <translation>One thing, done in one go</translation>
    </message>
    <message>
        <source>带上身份证，答几个问题，几分钟办完，当场拿回执。</source>
        <translation>Bring your ID card, answer a few questions, and leave with a receipt minutes later.</translation>
    </message>
    <message>
        <source>刷身份证</source>
        <translation>Lay down your ID card</translation>
    </message>
    <message>
        <source>答几个问题</source>
        <translation>Answer a few questions</translation>
    </message>
    <message>
        <source>拿结果和回执</source>
        <translation>Take your result and receipt</translation>
    </message>
    <message>
        <source>触摸屏幕，开始办理</source>
        <translation>Touch the screen to start</translation>
    </message>
</context>
<context>
    <name>AttractModel</name>
    <message>
        <source>窗口现在不用等</source>
        <translation>No waiting at the counters now</translation>
    </message>
    <message>
        <source>{queue}：{count} 人在等，约 {minutes} 分钟</source>
        <translation>{queue}: {count} waiting, about {minutes} min</translation>
    </message>
    <message>
        <source>{service}：{detail}</source>
        <translation>{service}: {detail}</translation>
    </message>
</context>
<context>
    <name>AttractNight</name>
    <message>
        <source>触摸屏幕，开始办理</source>
        <translation>Touch the screen to start</translation>
    </message>
    <message>
        <source>一件事，一次办好</source>
        <translation>One thing, done in one go</translation>
    </message>
</context>
<context>
    <name>AttractPage</name>
    <message>
        <source>这里可以办</source>
        <translation>What you can do here</translation>
    </message>
    <message>
        <source>查我的办件和证照</source>
        <translation>My cases and licences</translation>
    </message>
    <message>
        <source>到窗口办，先取号</source>
        <translation>Get a number for a counter</translation>
    </message>
    <message>
        <source>服务热线 %1</source>
        <translation>Hotline %1</translation>
    </message>
</context>
<context>
    <name>AuditModel</name>
    <message>
        <source>命令行</source>
        <translation>command line</translation>
    </message>
    <message>
        <source>终端自己</source>
        <translation>terminal</translation>
    </message>
    <message>
        <source>换纸卷</source>
        <translation>Change the roll</translation>
    </message>
    <message>
        <source>清洁镜头</source>
        <translation>Clean the lens</translation>
    </message>
    <message>
        <source>重新插拔</source>
        <translation>Re-seat the cable</translation>
    </message>
    <message>
        <source>更换并配对</source>
        <translation>Replace and pair</translation>
    </message>
    <message>
        <source>在第 {n} 步中止</source>
        <translation>left at step {n}</translation>
    </message>
    <message>
        <source>凭开门码</source>
        <translation>by code</translation>
    </message>
    <message>
        <source>凭运维卡</source>
        <translation>by card</translation>
    </message>
    <message>
        <source>通过</source>
        <translation>admitted</translation>
    </message>
    <message>
        <source>自己离开</source>
        <translation>by themselves</translation>
    </message>
    <message>
        <source>无人操作</source>
        <translation>nobody touched anything</translation>
    </message>
    <message>
        <source>到了最长时间</source>
        <translation>time limit</translation>
    </message>
    <message>
        <source>程序出错</source>
        <translation>program failed</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>done</translation>
    </message>
    <message>
        <source>没有成功</source>
        <translation>failed</translation>
    </message>
    <message>
        <source>中途停止</source>
        <translation>stopped midway</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>over</translation>
    </message>
    <message>
        <source>已送出，打印机没有证实打完</source>
        <translation>sent; the printer did not confirm it</translation>
    </message>
    <message>
        <source>打印机已证实打完</source>
        <translation>confirmed by the printer</translation>
    </message>
    <message>
        <source>已打完并被取走</source>
        <translation>printed and taken</translation>
    </message>
    <message>
        <source>记录完整：从第一条起没有一条被改动过。</source>
        <translation>The record is whole: no row was changed since the first.</translation>
    </message>
    <message>
        <source>从第 {n} 条起被改动过。请保留原文件，联系安全管理员。</source>
        <translation>Changed from row {n} on. Keep the file as it is and call security.</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>操作审计</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>正在读取并核对…</source>
        <translation>Reading and verifying…</translation>
    </message>
    <message>
        <source>读不到操作记录。</source>
        <translation>The record cannot be read.</translation>
    </message>
    <message>
        <source>重新读取并核对</source>
        <translation>Read and verify again</translation>
    </message>
</context>
<context>
    <name>BasketButton</name>
    <message>
        <source>一起办（%1）</source>
        <translation>Together (%1)</translation>
    </message>
    <message>
        <source>看看一起办的 %1 件事</source>
        <translation>See the %1 things to do together</translation>
    </message>
</context>
<context>
    <name>BasketPage</name>
    <message>
        <source>一起办这 %1 件事</source>
        <translation>Do these %1 together</translation>
    </message>
    <message>
        <source>还没有选要一起办的事</source>
        <translation>Nothing chosen yet</translation>
    </message>
    <message>
        <source>在事项旁边点“一起办”，就会放到这里。</source>
        <translation>Touch “Add” beside a service to put it here.</translation>
    </message>
    <message>
        <source>相同的只填一次、只交一次，一次提交。</source>
        <translation>What is the same is asked once, handed in once and submitted once.</translation>
    </message>
    <message>
        <source>去选事项</source>
        <translation>Choose services</translation>
    </message>
    <message>
        <source>开始办理</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>打印指南</source>
        <translation>Print the guide</translation>
    </message>
    <message>
        <source>结束办理</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>再选几件事</source>
        <translation>Add more services</translation>
    </message>
    <message>
        <source>已移走“%1”</source>
        <translation>“%1” was removed</translation>
    </message>
    <message>
        <source>放回这件事</source>
        <translation>Put it back</translation>
    </message>
    <message>
        <source>这两件不能一起办：“%1”和“%2”</source>
        <translation>These two cannot be done together: “%1” and “%2”</translation>
    </message>
    <message>
        <source>移走“%1”</source>
        <translation>Remove “%1”</translation>
    </message>
    <message>
        <source>要先办“%1”，或者一起办</source>
        <translation>“%1” comes first, or together</translation>
    </message>
    <message>
        <source>加上这件事</source>
        <translation>Add this one</translation>
    </message>
    <message>
        <source>一起办更省事</source>
        <translation>Together it is less work</translation>
    </message>
    <message>
        <source>移走这件事</source>
        <translation>Remove this</translation>
    </message>
    <message>
        <source>其中 %1 件要到窗口办，这里为您打印去哪办、带什么。</source>
        <translation>Done at a counter: %1 of them. Print here where to go and what to bring.</translation>
    </message>
</context>
<context>
    <name>BehalfModel</name>
    <message>
        <source>替{name}办</source>
        <translation>For {name}</translation>
    </message>
    <message>
        <source>委托到 {day}</source>
        <translation>Authorisation until {day}</translation>
    </message>
    <message>
        <source>这份委托不包括这次要办的事</source>
        <translation>This authorisation does not cover what you want to do now</translation>
    </message>
    <message>
        <source>可以办：企业的各项事务</source>
        <translation>Covers: all matters of the company</translation>
    </message>
    <message>
        <source>可以办：个人的各项事务</source>
        <translation>Covers: all personal matters</translation>
    </message>
    <message>
        <source>可以办：{names} 等 {n} 件</source>
        <translation>Covers: {names} … {n} in all</translation>
    </message>
    <message>
        <source>可以办：{names}</source>
        <translation>Covers: {names}</translation>
    </message>
</context>
<context>
    <name>BehalfPage</name>
    <message>
        <source>这次是给谁办？</source>
        <translation>Who is this for?</translation>
    </message>
    <message>
        <source>别人请您替他办、登记过的，都在这里。只能看委托里写的信息，双方的名字都会记下。</source>
        <translation>Those who asked you to act for them are here. You see only what they allowed, and both names are recorded.</translation>
    </message>
    <message>
        <source>没有人登记过请您替他办。要替别人办，请他先在手机或窗口登记委托。</source>
        <translation>Nobody has asked you to act for them yet. They can do so by phone or at a counter.</translation>
    </message>
    <message>
        <source>给自己办</source>
        <translation>For myself</translation>
    </message>
</context>
<context>
    <name>BenefitPage</name>
    <message>
        <source>您可以直接领：%1</source>
        <translation>You can take this now: %1</translation>
    </message>
    <message>
        <source>确认领取</source>
        <translation>Take it</translation>
    </message>
    <message>
        <source>申请，由工作人员核对</source>
        <translation>Apply and let staff check</translation>
    </message>
    <message>
        <source>这次先不领</source>
        <translation>Not now</translation>
    </message>
    <message>
        <source>根据这些信息</source>
        <translation>Based on this</translation>
    </message>
    <message>
        <source>%1：%2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>没有查到</source>
        <translation>Not found</translation>
    </message>
    <message>
        <source>钱打到</source>
        <translation>Where the money goes</translation>
    </message>
    <message>
        <source>还没有收款账户</source>
        <translation>No bank account for the money yet</translation>
    </message>
    <message>
        <source>请到窗口登记一张本人的银行卡，登记后回来就能领。</source>
        <translation>Please register a bank card of your own at the counter; then you can take it here.</translation>
    </message>
    <message>
        <source>依据：%1</source>
        <translation>Legal basis: %1</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>照片清楚吗？</source>
        <translation>Is the picture clear?</translation>
    </message>
    <message>
        <source>四边都在、字看得清，就可以用这张。</source>
        <translation>If all four edges are there and the words can be read, use it.</translation>
    </message>
    <message>
        <source>用这张照片</source>
        <translation>Use this picture</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Take the picture</translation>
    </message>
    <message>
        <source>稍后补交，接着办</source>
        <translation>Hand it in later, go on</translation>
    </message>
    <message>
        <source>先存着，下次接着办</source>
        <translation>Save it, go on another time</translation>
    </message>
    <message>
        <source>镜头还没准备好</source>
        <translation>The document camera is not ready yet</translation>
    </message>
    <message>
        <source>重拍照片</source>
        <translation>Take it again</translation>
    </message>
    <message>
        <source>先存着，下次再办</source>
        <translation>Save it and come back</translation>
    </message>
    <message>
        <source>镜头现在用不了</source>
        <translation>The camera does not work right now</translation>
    </message>
    <message>
        <source>镜头一恢复，这里会自动有画面。</source>
        <translation>The picture appears here by itself as soon as it works.</translation>
    </message>
    <message>
        <source>平放在镜头下面，四边都在框里</source>
        <translation>Lay it flat under the camera, all four edges in the frame</translation>
    </message>
    <message>
        <source>镜头正在准备，请稍候</source>
        <translation>The camera is getting ready. One moment</translation>
    </message>
    <message>
        <source>现在没有画面</source>
        <translation>No picture at the moment</translation>
    </message>
    <message>
        <source>稍后补交材料</source>
        <translation>Hand it in later</translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>摄像头正在准备</source>
        <translation>The camera is getting ready</translation>
    </message>
</context>
<context>
    <name>CaseModel</name>
    <message>
        <source>{day}已过，现在交还来得及</source>
        <translation>It was due on {day}. You can still hand it in</translation>
    </message>
    <message>
        <source>{day}前</source>
        <translation>by {day}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>请带上：{names}</source>
        <translation>Please bring: {names}</translation>
    </message>
    <message>
        <source>部门没有按时办完，上级已经在催，有结果会发短信告诉您。</source>
        <translation>The department is late, and a supervisor has been told. You will get a text message with the result.</translation>
    </message>
    <message>
        <source>说好 {day}前办好</source>
        <translation>Promised by {day}</translation>
    </message>
    <message>
        <source>{day}前办好</source>
        <translation>Done by {day}</translation>
    </message>
    <message>
        <source>正在{step}，这几天不算在办理时间里</source>
        <translation>Now: {step}. These days are not counted</translation>
    </message>
    <message>
        <source>{begun}开始，最晚 {limit}结束</source>
        <translation>Began on {begun}, over by {limit} at the latest</translation>
    </message>
    <message>
        <source>{step}做完了，办好的日子往后推了这几天</source>
        <translation>Over: {step}. The day was moved by as many days</translation>
    </message>
    <message>
        <source>{begun}到 {ended}</source>
        <translation>{begun} to {ended}</translation>
    </message>
    <message>
        <source>办好的日子改为 {day}</source>
        <translation>The day was moved to {day}</translation>
    </message>
    <message>
        <source>部门会在 {day}前来检查</source>
        <translation>The department checks by {day}</translation>
    </message>
    <message>
        <source>{day}前交</source>
        <translation>Hand it in by {day}</translation>
    </message>
    <message>
        <source>已经交了，工作人员正在看</source>
        <translation>Handed in; staff are looking at it</translation>
    </message>
    <message>
        <source>没有问题</source>
        <translation>All is well</translation>
    </message>
    <message>
        <source>检查时发现没有做到</source>
        <translation>The check found that the promise was not kept</translation>
    </message>
    <message>
        <source>不用再做了</source>
        <translation>Nothing more to do</translation>
    </message>
    <message>
        <source>已付 {amount}</source>
        <translation>Paid: {amount}</translation>
    </message>
    <message>
        <source>已退 {amount}</source>
        <translation>Paid back: {amount}</translation>
    </message>
    <message>
        <source>正在退 {amount}</source>
        <translation>Being paid back: {amount}</translation>
    </message>
    <message>
        <source>最晚 {day}</source>
        <translation>by {day}</translation>
    </message>
    <message>
        <source>按规则自动办理</source>
        <translation>Decided by rule</translation>
    </message>
    <message>
        <source>工作人员</source>
        <translation>Staff</translation>
    </message>
    <message>
        <source>您</source>
        <translation>You</translation>
    </message>
    <message>
        <source>{day}  ·  {number}</source>
        <translation>{day}  ·  {number}</translation>
    </message>
    <message>
        <source>已撤销</source>
        <translation>Made void</translation>
    </message>
    <message>
        <source>下面列出的，请一次补齐。不知道怎么准备，请打咨询电话。</source>
        <translation>Please hand in everything listed below. If you are not sure how, call the number on this page.</translation>
    </message>
    <message>
        <source>您不用做什么。办好了会发短信告诉您，也可以再来这里查。</source>
        <translation>You need not do anything. You will get a message once it is done, and can look here too.</translation>
    </message>
    <message>
        <source>请那时有人在场。时间不合适，请打咨询电话改。</source>
        <translation>Somebody has to be there then. If the time does not suit you, call to change it.</translation>
    </message>
    <message>
        <source>请按时到窗口。来不了，请打咨询电话改时间。</source>
        <translation>Please come to the counter in time. If you cannot, call to change it.</translation>
    </message>
    <message>
        <source>您不用做什么。工作人员看过会发短信告诉您，也可以再来这里查。</source>
        <translation>You need do nothing. You will get a text message once staff have looked at it. You can also check here.</translation>
    </message>
    <message>
        <source>不同意这个决定，可以请上一级机关再审一次，也可以请法院来判，办法在下面。情况变了，还可以重新申请。</source>
        <translation>If you disagree, a higher authority can check the decision again, or a court can decide. See below. If things change, you can apply again.</translation>
    </message>
    <message>
        <source>请按原因改好以后重新申请，或到对应的部门办。不同意的，下面有办法。</source>
        <translation>Please put right what the reason says and apply again, or go to the department named. If you disagree, see below.</translation>
    </message>
    <message>
        <source>还要办的话，重新申请就行，以前填的不受影响。</source>
        <translation>If you still want it, simply apply again.</translation>
    </message>
    <message>
        <source>交上去了。工作人员看过会发短信告诉您。</source>
        <translation>Handed in. You will get a text message once staff have looked at it.</translation>
    </message>
    <message>
        <source>改好了，部门按新的内容重新看。</source>
        <translation>Corrected. It is checked again with what you said now.</translation>
    </message>
    <message>
        <source>已经撤回。预约的时间已取消；交过的费用会原路退回。</source>
        <translation>Taken back. Appointments are cancelled; what you paid comes back the way it came.</translation>
    </message>
    <message>
        <source>谢谢您的评价。</source>
        <translation>Thank you for your rating.</translation>
    </message>
    <message>
        <source>费用付好了，接着办。</source>
        <translation>The fee is paid, and your application goes on.</translation>
    </message>
    <message>
        <source>选好了，结果会这样给您。</source>
        <translation>Chosen. This is how you will get the result.</translation>
    </message>
</context>
<context>
    <name>CasePage</name>
    <message>
        <source>接着补交材料</source>
        <translation>Go on handing in papers</translation>
    </message>
    <message>
        <source>补交材料</source>
        <translation>Hand in papers</translation>
    </message>
    <message>
        <source>交办事费用</source>
        <translation>Pay the fee</translation>
    </message>
    <message>
        <source>选领取方式</source>
        <translation>Choose how to get it</translation>
    </message>
    <message>
        <source>重新申请</source>
        <translation>Apply again</translation>
    </message>
    <message>
        <source>要补的</source>
        <translation>What is missing</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>费用</source>
        <translation>Fee</translation>
    </message>
    <message>
        <source>怎么拿到结果</source>
        <translation>How you get the result</translation>
    </message>
    <message>
        <source>换一种领取方式</source>
        <translation>Choose another way</translation>
    </message>
    <message>
        <source>承诺和后补的</source>
        <translation>Promises, and papers to follow</translation>
    </message>
    <message>
        <source>文书和证照</source>
        <translation>Documents and licences</translation>
    </message>
    <message>
        <source>不同意怎么办</source>
        <translation>If you do not agree</translation>
    </message>
    <message>
        <source>办理经过</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>有疑问请拨打 %1，报上编号 %2。</source>
        <translation>Questions? Call %1 and give the number %2.</translation>
    </message>
    <message>
        <source>有疑问请拨打 %1，报上编号 %2。
依据：%3</source>
        <translation>Questions? Call %1 and give the number %2.
Legal basis: %3</translation>
    </message>
    <message>
        <source>更正内容</source>
        <translation>Correct it</translation>
    </message>
    <message>
        <source>评价这次办事</source>
        <translation>Rate it</translation>
    </message>
    <message>
        <source>投诉办不成的事</source>
        <translation>Complain about this</translation>
    </message>
    <message>
        <source>撤回申请</source>
        <translation>Withdraw it</translation>
    </message>
</context>
<context>
    <name>ChangeModel</name>
    <message>
        <source>要多办</source>
        <translation>To be done as well</translation>
    </message>
    <message>
        <source>不再办</source>
        <translation>No longer done</translation>
    </message>
    <message>
        <source>要多交的材料</source>
        <translation>More papers to hand in</translation>
    </message>
    <message>
        <source>不用再交的材料</source>
        <translation>Papers no longer needed</translation>
    </message>
    <message>
        <source>会改由工作人员审核</source>
        <translation>Will be checked by an officer</translation>
    </message>
    <message>
        <source>要补答 {n} 个问题</source>
        <translation>{n} more questions to answer</translation>
    </message>
    <message>
        <source>有 {n} 个回答对不上了，要重新填</source>
        <translation>{n} answers no longer fit and are asked again</translation>
    </message>
    <message>
        <source>有 {n} 个回答不再用</source>
        <translation>{n} answers are no longer used</translation>
    </message>
    <message>
        <source>以前填过的 {n} 个回答会用回来</source>
        <translation>{n} answers given earlier are used again</translation>
    </message>
    <message>
        <source>有 {n} 项会重新算</source>
        <translation>{n} values are worked out anew</translation>
    </message>
    <message>
        <source>{names} 等 {n} 项</source>
        <translation>{names} … {n} in all</translation>
    </message>
    <message>
        <source>不填</source>
        <translation>left empty</translation>
    </message>
</context>
<context>
    <name>ChangePage</name>
    <message>
        <source>改之前，先看看会怎样</source>
        <translation>See first what this changes</translation>
    </message>
    <message>
        <source>现在还没有改。</source>
        <translation>Nothing is changed yet.</translation>
    </message>
    <message>
        <source>确认修改</source>
        <translation>Change it</translation>
    </message>
    <message>
        <source>不改了</source>
        <translation>Leave it as it was</translation>
    </message>
    <message>
        <source>改了以后</source>
        <translation>After the change</translation>
    </message>
</context>
<context>
    <name>ChoiceInput</name>
    <message>
        <source>输入一两个字，可以更快找到</source>
        <translation>Type a few letters to find it faster</translation>
    </message>
    <message>
        <source>没有这一项，请换个字，或清空后从列表里选</source>
        <translation>Not in the list. Try other letters, or clear them and choose from the list.</translation>
    </message>
</context>
<context>
    <name>ChoicesInput</name>
    <message>
        <source>可以选几项</source>
        <translation>You can choose more than one</translation>
    </message>
</context>
<context>
    <name>CodeBoxes</name>
    <message>
        <source>已输入 %1 位，共 %2 位</source>
        <translation>%1 of %2 digits entered</translation>
    </message>
</context>
<context>
    <name>ComplainModel</name>
    <message>
        <source>来了没办成，跑了几趟</source>
        <translation>Came for something and it was not done</translation>
    </message>
    <message>
        <source>过了说好的日子，没人管</source>
        <translation>The promised day is past and nobody cares</translation>
    </message>
    <message>
        <source>工作人员的态度不好</source>
        <translation>The staff were not polite</translation>
    </message>
    <message>
        <source>查到的信息和实际不一样</source>
        <translation>What the registers say is not so</translation>
    </message>
    <message>
        <source>这台机器坏了，或不好用</source>
        <translation>This machine is broken or hard to use</translation>
    </message>
    <message>
        <source>哪里可以做得更好</source>
        <translation>What could be better</translation>
    </message>
</context>
<context>
    <name>ComplainPage</name>
    <message>
        <source>哪里没办好？</source>
        <translation>What went wrong?</translation>
    </message>
    <message>
        <source>说的是“%1”。每一件都有人答复。</source>
        <translation>About “%1”. Every complaint is answered.</translation>
    </message>
    <message>
        <source>每一件都有人答复，提交后就告诉您由谁、在哪天前答复。</source>
        <translation>Every complaint is answered. You are told at once by whom, and by which day.</translation>
    </message>
    <message>
        <source>提交意见</source>
        <translation>Send this</translation>
    </message>
    <message>
        <source>请先选一类</source>
        <translation>Please choose a kind first</translation>
    </message>
    <message>
        <source>请写几个字，说说是什么事</source>
        <translation>Please say in a few words what it is</translation>
    </message>
    <message>
        <source>请留一个能找到您的电话</source>
        <translation>Please enter a phone number to reach you</translation>
    </message>
    <message>
        <source>不说了</source>
        <translation>Never mind</translation>
    </message>
    <message>
        <source>是什么事？</source>
        <translation>What is it?</translation>
    </message>
    <message>
        <source>是什么事？（可以不写）</source>
        <translation>What is it? (you need not write)</translation>
    </message>
    <message>
        <source>打哪个电话找您？</source>
        <translation>Where can we call you?</translation>
    </message>
</context>
<context>
    <name>ComplaintModel</name>
    <message>
        <source>查询码 {code}</source>
        <translation>Code {code}</translation>
    </message>
    <message>
        <source>连同编号一起，可以问进度。请收好，只说这一次。</source>
        <translation>With the number it opens your complaint. Keep it: it is told only once.</translation>
    </message>
    <message>
        <source>由{owner}答复</source>
        <translation>Answered by {owner}</translation>
    </message>
    <message>
        <source>电话 {number}</source>
        <translation>Phone {number}</translation>
    </message>
    <message>
        <source>{day}前答复</source>
        <translation>An answer by {day}</translation>
    </message>
    <message>
        <source>没有按时答复，上级已经在催。</source>
        <translation>The answer is late, and a supervisor has been told.</translation>
    </message>
    <message>
        <source>您说的</source>
        <translation>What you said</translation>
    </message>
</context>
<context>
    <name>ComplaintPage</name>
    <message>
        <source>收到了，编号 %1</source>
        <translation>We have it. Number %1</translation>
    </message>
    <message>
        <source>有了答复会联系您。</source>
        <translation>You hear from us once there is an answer.</translation>
    </message>
    <message>
        <source>编号 %1</source>
        <translation>Number %1</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>I see</translation>
    </message>
    <message>
        <source>再打印一张</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>部门的答复</source>
        <translation>The office’s answer</translation>
    </message>
    <message>
        <source>这样解决了吗？</source>
        <translation>Does that solve it?</translation>
    </message>
    <message>
        <source>解决了</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>解决了一部分</source>
        <translation>Partly</translation>
    </message>
    <message>
        <source>没有解决</source>
        <translation>No</translation>
    </message>
    <message>
        <source>经过</source>
        <translation>What happened</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>这些信息对吗？</source>
        <translation>Is this correct?</translation>
    </message>
    <message>
        <source>已经替您填好，不用再输入。有不对的，按“不对”，后面重新填写。</source>
        <translation>It is filled in for you. Touch “Wrong” beside anything that is not right, and you will be asked for it.</translation>
    </message>
    <message>
        <source>其余都对，继续</source>
        <translation>The rest is correct, continue</translation>
    </message>
    <message>
        <source>都对，继续</source>
        <translation>All correct, continue</translation>
    </message>
    <message>
        <source>%1现在查不到，相关的内容要请您填写。</source>
        <translation>%1 cannot be reached right now, so you will be asked for what it would have told us.</translation>
    </message>
</context>
<context>
    <name>Countdown</name>
    <message>
        <source>您还在吗？</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <source>为保护您的信息，时间到了会自动退出并清除已填的内容。</source>
        <translation>To protect your data, this session will end and your answers will be cleared when the time is up.</translation>
    </message>
    <message>
        <source>继续办理</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>DateWheels</name>
    <message>
        <source>%1年</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>年</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>%1月</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>月</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>%1日</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>日</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>8 位数字，例如 %1</source>
        <translation>8 digits, for example %1</translation>
    </message>
    <message>
        <source>没有这一天，请核对年、月、日，例如 %1</source>
        <translation>There is no such day. Please check the year, month and day, for example %1</translation>
    </message>
    <message>
        <source>改用滚轮选择</source>
        <translation>Choose on wheels</translation>
    </message>
    <message>
        <source>改用数字输入</source>
        <translation>Type the digits</translation>
    </message>
</context>
<context>
    <name>Delivering</name>
    <message>
        <source>在“我的办件和证照”里看</source>
        <translation>See it under “My cases and licences”</translation>
    </message>
    <message>
        <source>印在回执上</source>
        <translation>On the receipt</translation>
    </message>
    <message>
        <source>打印在 A4 纸上</source>
        <translation>On A4 paper</translation>
    </message>
    <message>
        <source>存到手机</source>
        <translation>On the phone</translation>
    </message>
    <message>
        <source>邮寄</source>
        <translation>By post</translation>
    </message>
    <message>
        <source>到领取点自己取</source>
        <translation>Collect it yourself</translation>
    </message>
    <message>
        <source>办好以后送</source>
        <translation>Sent once it is done</translation>
    </message>
    <message>
        <source>已经备好</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>已经寄出</source>
        <translation>Posted</translation>
    </message>
    <message>
        <source>已经领走</source>
        <translation>Collected</translation>
    </message>
    <message>
        <source>保管到 {day}，过后退回部门。</source>
        <translation>Kept until {day}, then it goes back to the department.</translation>
    </message>
    <message>
        <source>取件码 {code}</source>
        <translation>Code {code}</translation>
    </message>
    <message>
        <source>邮件号 {number}</source>
        <translation>Parcel {number}</translation>
    </message>
</context>
<context>
    <name>DeliveryModel</name>
    <message>
        <source>寄到您写的地址</source>
        <translation>To the address you give</translation>
    </message>
    <message>
        <source>凭取件码领取</source>
        <translation>With a code</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>结果怎么给您？</source>
        <translation>How would you like to get the result?</translation>
    </message>
    <message>
        <source>寄出或领走以前，随时可以再换。</source>
        <translation>You may change it until it is posted or collected.</translation>
    </message>
    <message>
        <source>选好领取方式</source>
        <translation>Choose this way</translation>
    </message>
    <message>
        <source>请选好地址</source>
        <translation>Please choose the address</translation>
    </message>
    <message>
        <source>请写门牌号</source>
        <translation>Please write street and number</translation>
    </message>
    <message>
        <source>请留收件人的电话</source>
        <translation>Please enter a phone number</translation>
    </message>
    <message>
        <source>请选一个领取点</source>
        <translation>Please choose where to collect it</translation>
    </message>
    <message>
        <source>到哪里领？</source>
        <translation>Where will you collect it?</translation>
    </message>
    <message>
        <source>寄到哪里？</source>
        <translation>Where shall we send it?</translation>
    </message>
    <message>
        <source>路名、门牌号、楼栋、房间号</source>
        <translation>Street, number, building, room</translation>
    </message>
    <message>
        <source>快递员打哪个电话？</source>
        <translation>Which number shall the courier call?</translation>
    </message>
</context>
<context>
    <name>DeviceModel</name>
    <message>
        <source>厂商</source>
        <translation>Maker</translation>
    </message>
    <message>
        <source>型号</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>序列号</source>
        <translation>Serial number</translation>
    </message>
    <message>
        <source>固件</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>连接</source>
        <translation>Connection</translation>
    </message>
    <message>
        <source>设备未报告</source>
        <translation>not told by the device</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>opened</translation>
    </message>
    <message>
        <source>断开</source>
        <translation>lost</translation>
    </message>
    <message>
        <source>成功</source>
        <translation>done</translation>
    </message>
    <message>
        <source>失败</source>
        <translation>failed</translation>
    </message>
</context>
<context>
    <name>DevicePage</name>
    <message>
        <source>自 %1</source>
        <translation>since %1</translation>
    </message>
    <message>
        <source>型号与连接</source>
        <translation>Model and connection</translation>
    </message>
    <message>
        <source>本次运行以来</source>
        <translation>Since the terminal began</translation>
    </message>
    <message>
        <source>最近的错误</source>
        <translation>Last errors</translation>
    </message>
    <message>
        <source>没有错误。</source>
        <translation>No errors.</translation>
    </message>
    <message>
        <source>测试这台设备</source>
        <translation>Test this device</translation>
    </message>
    <message>
        <source>维修引导</source>
        <translation>Repairs</translation>
    </message>
    <message>
        <source>看原始数据</source>
        <translation>Raw traffic</translation>
    </message>
    <message>
        <source>马上重试</source>
        <translation>Try at once</translation>
    </message>
</context>
<context>
    <name>DevicePrompt</name>
    <message>
        <source>在屏幕下方，偏左</source>
        <translation>below the screen, on the left</translation>
    </message>
    <message>
        <source>在屏幕正下方</source>
        <translation>right below the screen</translation>
    </message>
    <message>
        <source>在屏幕下方，偏右</source>
        <translation>below the screen, on the right</translation>
    </message>
    <message>
        <source>在屏幕上方，偏左</source>
        <translation>above the screen, on the left</translation>
    </message>
    <message>
        <source>在屏幕正上方</source>
        <translation>right above the screen</translation>
    </message>
    <message>
        <source>在屏幕上方，偏右</source>
        <translation>above the screen, on the right</translation>
    </message>
    <message>
        <source>在屏幕左边，偏上</source>
        <translation>left of the screen, near the top</translation>
    </message>
    <message>
        <source>在屏幕左边</source>
        <translation>left of the screen</translation>
    </message>
    <message>
        <source>在屏幕左边，偏下</source>
        <translation>left of the screen, near the bottom</translation>
    </message>
    <message>
        <source>在屏幕右边，偏上</source>
        <translation>right of the screen, near the top</translation>
    </message>
    <message>
        <source>在屏幕右边</source>
        <translation>right of the screen</translation>
    </message>
    <message>
        <source>在屏幕右边，偏下</source>
        <translation>right of the screen, near the bottom</translation>
    </message>
</context>
<context>
    <name>DigitPad</name>
    <message>
        <source>还没有填</source>
        <translation>Empty</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>删除一位</source>
        <translation>Delete one digit</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>模拟设备</source>
        <translation>Simulated devices</translation>
    </message>
</context>
<context>
    <name>DocumentPage</name>
    <message>
        <source>现在读不了证件</source>
        <translation>Documents cannot be read right now</translation>
    </message>
    <message>
        <source>请放上身份证</source>
        <translation>Lay down your ID card</translation>
    </message>
    <message>
        <source>请插入社会保障卡</source>
        <translation>Insert your social security card</translation>
    </message>
    <message>
        <source>请输入姓名和身份证号码</source>
        <translation>Enter your name and ID number</translation>
    </message>
    <message>
        <source>用来确认是您本人，并把证件上的信息替您填好。</source>
        <translation>To make sure it is you, and to fill in what is printed on it.</translation>
    </message>
    <message>
        <source>用来确认是您本人。之后会查您的办件和证照，并核对您可以直接享受什么；查了什么都有记录，您看得到。</source>
        <translation>To make sure that it is you. We then look at your cases and licences, and at what you are entitled to. All of it is recorded, and you can see the record.</translation>
    </message>
    <message>
        <source>验证码会发到您登记的手机。只用来确认是您本人。</source>
        <translation>A code is sent to your registered phone. It only shows that it is you.</translation>
    </message>
    <message>
        <source>不要紧，还有别的办法，填过的都还在。</source>
        <translation>There are other ways, and nothing you entered is lost.</translation>
    </message>
    <message>
        <source>发送验证码</source>
        <translation>Send a code</translation>
    </message>
    <message>
        <source>输入姓名和证件号码</source>
        <translation>Enter name and ID number</translation>
    </message>
    <message>
        <source>请把证件拿开，再放一次</source>
        <translation>Lift the card and lay it down again</translation>
    </message>
    <message>
        <source>读好了</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>把身份证平放在阅读区，不要移动</source>
        <translation>Lay your ID card flat on the reader and keep it still</translation>
    </message>
    <message>
        <source>请取走这张证件，换一张</source>
        <translation>Take this card away and use another one</translation>
    </message>
    <message>
        <source>身份证阅读区现在用不了</source>
        <translation>The ID card reader does not work right now</translation>
    </message>
    <message>
        <source>身份证阅读区正在恢复，请稍候</source>
        <translation>The ID card reader is coming back. One moment</translation>
    </message>
    <message>
        <source>正在读，请不要拿走</source>
        <translation>Reading, please leave it there</translation>
    </message>
    <message>
        <source>从手机壳或卡包里取出来，放平、放正。</source>
        <translation>Take it out of its case and lay it flat and straight.</translation>
    </message>
    <message>
        <source>居民身份证、外国人永久居留身份证、港澳台居民居住证都可以</source>
        <translation>Resident ID card, foreign permanent resident ID card, or residence permit for Hong Kong, Macao and Taiwan residents</translation>
    </message>
    <message>
        <source>请拔出社会保障卡，再插一次</source>
        <translation>Pull the card out and insert it again</translation>
    </message>
    <message>
        <source>芯片朝上，把社会保障卡插到底</source>
        <translation>Push your social security card right in, chip up</translation>
    </message>
    <message>
        <source>请拔出这张卡，换一张</source>
        <translation>Pull this card out and use another one</translation>
    </message>
    <message>
        <source>社会保障卡插口现在用不了</source>
        <translation>The card slot does not work right now</translation>
    </message>
    <message>
        <source>社会保障卡插口正在恢复，请稍候</source>
        <translation>The card slot is coming back. One moment</translation>
    </message>
    <message>
        <source>没带身份证？插入社会保障卡</source>
        <translation>No ID card with you? Insert your social security card</translation>
    </message>
    <message>
        <source>正在读，请不要拔出</source>
        <translation>Reading, please leave it in</translation>
    </message>
    <message>
        <source>芯片朝上，插到底</source>
        <translation>Chip up, all the way in</translation>
    </message>
    <message>
        <source>身份证阅读区正在恢复，请先用社会保障卡</source>
        <translation>The ID card reader is coming back; meanwhile use your social security card</translation>
    </message>
    <message>
        <source>身份证阅读区现在用不了，请用社会保障卡</source>
        <translation>The ID card reader does not work right now; please use your social security card</translation>
    </message>
    <message>
        <source>没带证件？用手机验证码</source>
        <translation>No card with you? Use a code on your phone</translation>
    </message>
    <message>
        <source>输入姓名和身份证号码，验证码发到您登记的手机</source>
        <translation>Enter name and ID number; a code is sent to your registered phone</translation>
    </message>
    <message>
        <source>请旁边的工作人员帮忙，或换一台机器</source>
        <translation>Ask a member of staff, or use another machine</translation>
    </message>
    <message>
        <source>读卡的设备一恢复，这一页会自动更新。</source>
        <translation>This page changes by itself as soon as a reader works.</translation>
    </message>
    <message>
        <source>拨打 %1</source>
        <translation>Call %1</translation>
    </message>
    <message>
        <source>可以问离您最近、能办这件事的地方。</source>
        <translation>Ask for the nearest place where this can be done.</translation>
    </message>
</context>
<context>
    <name>DoorPage</name>
    <message>
        <source>数字</source>
        <translation>Digits</translation>
    </message>
    <message>
        <source>运维入口</source>
        <translation>Technicians</translation>
    </message>
    <message>
        <source>请把运维卡放到读卡器上；或者打电话给管理员，输入编号和对方报出的 8 位开门码。</source>
        <translation>Lay your technician’s card on the reader; or call the operator, and enter your number and the 8 digit code you are told.</translation>
    </message>
    <message>
        <source>请打电话给管理员，输入编号和对方报出的 8 位开门码。</source>
        <translation>Call the operator, and enter your number and the 8 digit code you are told.</translation>
    </message>
    <message>
        <source>运维编号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <source>开门码</source>
        <translation>Door code</translation>
    </message>
    <message>
        <source>8 位数字，几分钟内有效</source>
        <translation>8 digits, good for minutes</translation>
    </message>
    <message>
        <source>%1 后才能再输开门码</source>
        <translation>Next code in %1</translation>
    </message>
    <message>
        <source>输错的次数太多，%1 之前不收开门码。运维卡仍然可以用。</source>
        <translation>Too many wrong codes: none is taken before %1. A technician’s card still opens.</translation>
    </message>
    <message>
        <source>输错的次数太多，%1 之前不收开门码。</source>
        <translation>Too many wrong codes: none is taken before %1.</translation>
    </message>
    <message>
        <source>运维卡：放上去就进入，不用输入。</source>
        <translation>Technician’s card: lay it down, nothing to enter.</translation>
    </message>
    <message>
        <source>正在核对</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>进入</source>
        <translation>Enter</translation>
    </message>
</context>
<context>
    <name>DraftCard</name>
    <message>
        <source>办事的要求有变化，有几项可能要重新填</source>
        <translation>Requirements have changed; some answers may be asked again</translation>
    </message>
    <message>
        <source>接着办这件事</source>
        <translation>Go on with this</translation>
    </message>
    <message>
        <source>确定删除，找不回来</source>
        <translation>Delete for good</translation>
    </message>
    <message>
        <source>删除这份表</source>
        <translation>Delete this form</translation>
    </message>
</context>
<context>
    <name>EntriesInput</name>
    <message>
        <source>删除这一项</source>
        <translation>Remove this entry</translation>
    </message>
</context>
<context>
    <name>Explained</name>
    <message>
        <source>知道了，回去填</source>
        <translation>I see, back to the question</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>办理时间</source>
        <translation>How long it takes</translation>
    </message>
    <message>
        <source>费用</source>
        <translation>Fee</translation>
    </message>
    <message>
        <source>要回答的</source>
        <translation>Questions</translation>
    </message>
</context>
<context>
    <name>FetchModel</name>
    <message>
        <source>能代替纸质件的证照</source>
        <translation>Licences in place of paper</translation>
    </message>
    <message>
        <source>正在查</source>
        <translation>asking</translation>
    </message>
    <message>
        <source>查到 {n} 项</source>
        <translation>{n} found</translation>
    </message>
    <message>
        <source>没有查到</source>
        <translation>nothing found</translation>
    </message>
    <message>
        <source>没有回音</source>
        <translation>no answer</translation>
    </message>
    <message>
        <source>等着查</source>
        <translation>waits its turn</translation>
    </message>
</context>
<context>
    <name>FetchPage</name>
    <message>
        <source>正在查找您的信息</source>
        <translation>Looking up your records</translation>
    </message>
    <message>
        <source>暂时查不到您的信息</source>
        <translation>The records cannot be reached right now</translation>
    </message>
    <message>
        <source>查到的不用您再填、再交，一般只要几秒钟。</source>
        <translation>What is found you need not fill in or hand in again. It usually takes a few seconds.</translation>
    </message>
    <message>
        <source>可以再试一次；也可以直接继续，由您自己填写。</source>
        <translation>You can try again, or continue and fill it in yourself.</translation>
    </message>
    <message>
        <source>自己填写，继续</source>
        <translation>Fill it in myself</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>不等了，自己填写</source>
        <translation>Do not wait, fill it in</translation>
    </message>
</context>
<context>
    <name>FindHeader</name>
    <message>
        <source>按阶段找</source>
        <translation>By stage of life</translation>
    </message>
    <message>
        <source>按部门找</source>
        <translation>By department</translation>
    </message>
    <message>
        <source>搜一搜</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>查办件和证照</source>
        <translation>My cases</translation>
    </message>
    <message>
        <source>凭编号查进度</source>
        <translation>Check progress</translation>
    </message>
    <message>
        <source>取窗口排队号</source>
        <translation>Queue number</translation>
    </message>
    <message>
        <source>用平常说的话就行，例如：开饭店、老人补贴</source>
        <translation>Everyday words will do, such as “open a restaurant” or “new baby”</translation>
    </message>
    <message>
        <source>没有找到“%1”</source>
        <translation>Nothing found for “%1”</translation>
    </message>
    <message>
        <source>换个说法再试，比如只写两三个字；也可以按阶段、按部门找，或拨打 %1 问工作人员。</source>
        <translation>Try other words, two or three are enough; look by stage of life or by department; or call %1.</translation>
    </message>
    <message>
        <source>我自己的事</source>
        <translation>For myself</translation>
    </message>
    <message>
        <source>企业、店铺的事</source>
        <translation>For a business</translation>
    </message>
    <message>
        <source>看全部部门</source>
        <translation>All departments</translation>
    </message>
    <message>
        <source>看全部阶段</source>
        <translation>All stages of life</translation>
    </message>
    <message>
        <source>手上有办事指南？把上面的二维码对准扫码口，直接打开这件事。</source>
        <translation>Have a service guide? Hold its QR code to the scanner to open it right away.</translation>
    </message>
</context>
<context>
    <name>FindModel</name>
    <message>
        <source>{n} 件</source>
        <translation>Services: {n}</translation>
    </message>
    <message>
        <source>最接近的 {n} 件</source>
        <translation>Closest: {n}</translation>
    </message>
    <message>
        <source>找到 {n} 件</source>
        <translation>Found: {n}</translation>
    </message>
    <message>
        <source>大家常办</source>
        <translation>Most used</translation>
    </message>
    <message>
        <source>{name} · {n} 件</source>
        <translation>{name} · {n}</translation>
    </message>
</context>
<context>
    <name>FindPage</name>
    <message>
        <source>您要办什么事？</source>
        <translation>What would you like to get done?</translation>
    </message>
</context>
<context>
    <name>FiveKeys</name>
    <message>
        <source>还没有填</source>
        <translation>Empty</translation>
    </message>
    <message>
        <source>按确认键填写</source>
        <translation>Press select to fill it in</translation>
    </message>
    <message>
        <source>已选</source>
        <translation>Chosen</translation>
    </message>
    <message>
        <source>按钮</source>
        <translation>button</translation>
    </message>
    <message>
        <source>未选</source>
        <translation>Not chosen</translation>
    </message>
    <message>
        <source>第 %1 项，共 %2 项</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>现在不能选</source>
        <translation>Not available now</translation>
    </message>
    <message>
        <source>选好了</source>
        <translation>Chosen:</translation>
    </message>
</context>
<context>
    <name>FrameFoot</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>FrameTools</name>
    <message>
        <source>首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>标准字</source>
        <translation>Normal text</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Large text</translation>
    </message>
    <message>
        <source>看和听</source>
        <translation>See, hear</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
</context>
<context>
    <name>GalleryWindow</name>
    <message>
        <source>查找页面、控件或状态</source>
        <translation>Find a page, control or state</translation>
    </message>
    <message>
        <source>上一个</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一个</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>长辈版</source>
        <translation>Elder mode</translation>
    </message>
    <message>
        <source>高对比</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>低位操作</source>
        <translation>Low reach</translation>
    </message>
    <message>
        <source>动画</source>
        <translation>Motion</translation>
    </message>
    <message>
        <source>重来</source>
        <translation>Start again</translation>
    </message>
</context>
<context>
    <name>GoodbyePage</name>
    <message>
        <source>请取走您的卡</source>
        <translation>Please take your card</translation>
    </message>
    <message>
        <source>请取走身份证</source>
        <translation>Please take your ID card</translation>
    </message>
    <message>
        <source>谢谢，再见</source>
        <translation>Thank you, goodbye</translation>
    </message>
    <message>
        <source>还差一步：您的证件还在机器上。</source>
        <translation>One last step: your card is still in the machine.</translation>
    </message>
    <message>
        <source>您的信息已经从这台机器上清除。</source>
        <translation>Your information has been erased from this machine.</translation>
    </message>
    <message>
        <source>回到首页</source>
        <translation>Back to the start</translation>
    </message>
    <message>
        <source>拿走以后，这台机器上就没有您的任何信息了。</source>
        <translation>Once you have it, nothing about you is left on this machine.</translation>
    </message>
    <message>
        <source>祝您顺利</source>
        <translation>All the best</translation>
    </message>
</context>
<context>
    <name>GuidePage</name>
    <message>
        <source>开始办理</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>结束办理</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>打印指南</source>
        <translation>Print the guide</translation>
    </message>
    <message>
        <source>看一起办的事</source>
        <translation>See them together</translation>
    </message>
    <message>
        <source>加到一起办</source>
        <translation>Add to do together</translation>
    </message>
    <message>
        <source>这台机器现在打不了回执</source>
        <translation>This machine cannot print a receipt right now</translation>
    </message>
    <message>
        <source>照样可以办。办完后，请拍下屏幕上的二维码，和纸质回执一样有效。</source>
        <translation>You can still go on. At the end, photograph the code on the screen. It counts as much as a printed receipt.</translation>
    </message>
    <message>
        <source>一次办好这些事</source>
        <translation>Done in one go</translation>
    </message>
    <message>
        <source>这些要到窗口办</source>
        <translation>Done at a counter</translation>
    </message>
    <message>
        <source>需要的材料</source>
        <translation>Papers needed</translation>
    </message>
    <message>
        <source>办理依据：%1</source>
        <translation>Legal basis: %1</translation>
    </message>
</context>
<context>
    <name>GuidePaper</name>
    <message>
        <source>正在打印指南</source>
        <translation>Printing the guide</translation>
    </message>
    <message>
        <source>指南打好了，请从出纸口取走</source>
        <translation>The guide is printed. Please take it</translation>
    </message>
    <message>
        <source>请看看出纸口有没有指南</source>
        <translation>Please see if the guide came out</translation>
    </message>
    <message>
        <source>没打印出来，请用手机拍下这一页</source>
        <translation>It was not printed. Please photograph this page</translation>
    </message>
    <message>
        <source>去哪办、带什么，这一页上都有。</source>
        <translation>This page says where to go and what to bring.</translation>
    </message>
    <message>
        <source>上面写着去哪办、什么时候去、带什么。</source>
        <translation>It says where to go, when, and what to bring.</translation>
    </message>
</context>
<context>
    <name>GuidedRows</name>
    <message>
        <source>电话 %1，去之前可以先问</source>
        <translation>Questions? Call %1 before you go</translation>
    </message>
    <message>
        <source>电话 %1</source>
        <translation>Phone %1</translation>
    </message>
    <message>
        <source>要带的材料</source>
        <translation>What to bring</translation>
    </message>
</context>
<context>
    <name>HallsModel</name>
    <message>
        <source>现在没有开门，{when} 开门</source>
        <translation>Closed now; opens {when}</translation>
    </message>
    <message>
        <source>现在没有开门</source>
        <translation>Closed now</translation>
    </message>
    <message>
        <source>{n} 人在等</source>
        <translation>{n} waiting</translation>
    </message>
    <message>
        <source>现在没有人等</source>
        <translation>nobody waiting</translation>
    </message>
    <message>
        <source>大约等 {least}–{most} 分钟</source>
        <translation>about {least} to {most} minutes</translation>
    </message>
    <message>
        <source>{waiting}，{wait}</source>
        <translation>{waiting}, {wait}</translation>
    </message>
    <message>
        <source>现在不叫号</source>
        <translation>Not called now</translation>
    </message>
</context>
<context>
    <name>HallsPage</name>
    <message>
        <source>正在看各个窗口有几人在等</source>
        <translation>Checking the queues</translation>
    </message>
    <message>
        <source>现在不能取号</source>
        <translation>No queue numbers right now</translation>
    </message>
    <message>
        <source>要到窗口办什么？</source>
        <translation>What do you need at a counter?</translation>
    </message>
    <message>
        <source>暂时取不了号</source>
        <translation>No queue number can be given just now</translation>
    </message>
    <message>
        <source>开门后再来取；自助终端上的事现在就能办。</source>
        <translation>Come back when it is open. What this machine does can be done now.</translation>
    </message>
    <message>
        <source>点一下就出号，不用身份证。</source>
        <translation>One touch gives your number. No ID card needed.</translation>
    </message>
    <message>
        <source>可以再试一次，或者到大厅服务台取号。</source>
        <translation>Try again, or ask for a number at the information desk.</translation>
    </message>
    <message>
        <source>再看几人在等</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>HandwritingPad</name>
    <message>
        <source>在这里用手指写一个字</source>
        <translation>Write one character here with your finger</translation>
    </message>
    <message>
        <source>撤销一笔</source>
        <translation>Undo a stroke</translation>
    </message>
    <message>
        <source>重写</source>
        <translation>Rewrite</translation>
    </message>
    <message>
        <source>姓名中间的圆点</source>
        <translation>Dot between the parts of a name</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>删除前一个字</source>
        <translation>Delete the character before</translation>
    </message>
    <message>
        <source>写好后，点选您要的字</source>
        <translation>When you have written it, touch the one you mean</translation>
    </message>
</context>
<context>
    <name>HelperBand</name>
    <message>
        <source>工作人员 %1 正在帮您</source>
        <translation>Staff helping you: %1</translation>
    </message>
    <message>
        <source>结束帮助</source>
        <translation>End the help</translation>
    </message>
</context>
<context>
    <name>HelperModel</name>
    <message>
        <source>没有这个工号，请核对后再输入</source>
        <translation>There is no such staff number; please check it and enter it again</translation>
    </message>
</context>
<context>
    <name>HelperPage</name>
    <message>
        <source>请工作人员输入验证码</source>
        <translation>Staff: please enter the code</translation>
    </message>
    <message>
        <source>请工作人员输入工号</source>
        <translation>Staff: please enter your number</translation>
    </message>
    <message>
        <source>验证码已发到工作人员的手机 %1。</source>
        <translation>The code was sent to the staff phone %1.</translation>
    </message>
    <message>
        <source>来帮您的人是谁，会显示在每一页，也会记在这件事里。请看好您自己的信息。</source>
        <translation>Who helps you is shown on every page and recorded with your case. Please mind your own data.</translation>
    </message>
    <message>
        <source>发送验证码</source>
        <translation>Send the code</translation>
    </message>
    <message>
        <source>结束帮助</source>
        <translation>End the help</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <source>例如：BB-0001</source>
        <translation>For example: BB-0001</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>命令行</source>
        <translation>command line</translation>
    </message>
    <message>
        <source>终端自己</source>
        <translation>terminal</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>测试历史</source>
        <translation>History</translation>
    </message>
    <message>
        <source>历史：%1</source>
        <translation>History: %1</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>新的在前</source>
        <translation>newest first</translation>
    </message>
    <message>
        <source>正在读取历史…</source>
        <translation>Reading the history…</translation>
    </message>
    <message>
        <source>还没有记录。做过一次测试就会有。</source>
        <translation>No results yet. They begin with the first test.</translation>
    </message>
</context>
<context>
    <name>JoinButton</name>
    <message>
        <source>已加入</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>一起办</source>
        <translation>Add</translation>
    </message>
</context>
<context>
    <name>KeptPage</name>
    <message>
        <source>存好了</source>
        <translation>It is saved</translation>
    </message>
    <message>
        <source>保留到 %1，过后自动删除。</source>
        <translation>Kept until %1, then deleted by itself.</translation>
    </message>
    <message>
        <source>退出办理</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>接着填这份表</source>
        <translation>Go on with the form</translation>
    </message>
    <message>
        <source>下次到任何一台机器，选好事项、验证身份，就能接着办。</source>
        <translation>Next time, at any machine: choose the service, show who you are, and go on.</translation>
    </message>
    <message>
        <source>存在办事系统里，只有您本人看得到；这台机器上不留。</source>
        <translation>It is kept by the city’s system for you alone; nothing stays on this machine.</translation>
    </message>
    <message>
        <source>要是接着填，离开时超过时间，新填的也会一起存好。</source>
        <translation>If you go on and the time runs out, what you add is saved too.</translation>
    </message>
</context>
<context>
    <name>KeyboardTabs</name>
    <message>
        <source>注音</source>
        <translation>Zhuyin</translation>
    </message>
    <message>
        <source>拼音</source>
        <translation>Pinyin</translation>
    </message>
    <message>
        <source>手写</source>
        <translation>Write</translation>
    </message>
    <message>
        <source>生僻字</source>
        <translation>Rare</translation>
    </message>
    <message>
        <source>按读音找字</source>
        <translation>By sound</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Hide</translation>
    </message>
</context>
<context>
    <name>KnownRow</name>
    <message>
        <source>后面会请您重新填写</source>
        <translation>You will be asked for it</translation>
    </message>
    <message>
        <source>还是对的</source>
        <translation>Correct after all</translation>
    </message>
    <message>
        <source>不对</source>
        <translation>Wrong</translation>
    </message>
</context>
<context>
    <name>LeavePage</name>
    <message>
        <source>退出诊断</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>要退出诊断吗？</source>
        <translation>Leave diagnostics?</translation>
    </message>
    <message>
        <source>退出后办事人就可以使用本机。测试结果和操作记录都已留在本机。</source>
        <translation>Citizens can use this terminal again. Results and audit are kept on it.</translation>
    </message>
    <message>
        <source>退出，恢复办理</source>
        <translation>Leave, serve citizens</translation>
    </message>
    <message>
        <source>继续诊断</source>
        <translation>Go on here</translation>
    </message>
</context>
<context>
    <name>LetterPanel</name>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>改成小写字母</source>
        <translation>Small letters</translation>
    </message>
    <message>
        <source>改成大写字母</source>
        <translation>Capital letters</translation>
    </message>
    <message>
        <source>删除前一个字</source>
        <translation>Delete the last character</translation>
    </message>
</context>
<context>
    <name>LicencesModel</name>
    <message>
        <source>有效期到 {day}</source>
        <translation>valid until {day}</translation>
    </message>
</context>
<context>
    <name>LicencesPage</name>
    <message>
        <source>我的证照</source>
        <translation>My licences</translation>
    </message>
    <message>
        <source>点开可以看内容、出示二维码，也可以打印。</source>
        <translation>Touch one to see what it says, show its code, or print it.</translation>
    </message>
    <message>
        <source>现在查不到您的证照，不等于没有。请过一会儿再来。</source>
        <translation>Your licences cannot be looked up now; that does not mean you have none. Please come back later.</translation>
    </message>
    <message>
        <source>还没有电子证照</source>
        <translation>No electronic licences yet</translation>
    </message>
    <message>
        <source>以后发给您的电子证照都会在这里，办事时不用再交纸质件。</source>
        <translation>Licences issued to you will be here. You need not hand in paper for them.</translation>
    </message>
</context>
<context>
    <name>LongList</name>
    <message>
        <source>回到上面</source>
        <translation>Back up</translation>
    </message>
    <message>
        <source>已到最后</source>
        <translation>That is all</translation>
    </message>
    <message>
        <source>下面还有</source>
        <translation>More below</translation>
    </message>
</context>
<context>
    <name>MaterialCard</name>
    <message>
        <source>再看承诺</source>
        <translation>Read the promise again</translation>
    </message>
    <message>
        <source>看要承诺的话</source>
        <translation>Read the promise</translation>
    </message>
    <message>
        <source>重新拍照</source>
        <translation>Photograph again</translation>
    </message>
    <message>
        <source>现在拍照</source>
        <translation>Photograph it</translation>
    </message>
    <message>
        <source>稍后补交材料</source>
        <translation>Hand it in later</translation>
    </message>
</context>
<context>
    <name>MaterialsModel</name>
    <message>
        <source>稍后补交</source>
        <translation>Hand in later</translation>
    </message>
    <message>
        <source>{way}：{title}</source>
        <translation>{way}: {title}</translation>
    </message>
    <message>
        <source>写个承诺就行，不用交材料</source>
        <translation>A promise is enough, no paper needed</translation>
    </message>
    <message>
        <source>请放到镜头下面拍照</source>
        <translation>Lay it under the camera to be photographed</translation>
    </message>
</context>
<context>
    <name>MaterialsPage</name>
    <message>
        <source>办这件事要用的材料</source>
        <translation>What is needed for this</translation>
    </message>
    <message>
        <source>要补交的材料</source>
        <translation>Papers to hand in</translation>
    </message>
    <message>
        <source>材料都齐了，请继续。</source>
        <translation>Everything is there. Please go on.</translation>
    </message>
    <message>
        <source>还有 %1 份需要您提供。</source>
        <translation>Still needed from you: %1.</translation>
    </message>
    <message>
        <source>去核对信息</source>
        <translation>Check everything</translation>
    </message>
    <message>
        <source>提供下一份材料</source>
        <translation>Give the next paper</translation>
    </message>
    <message>
        <source>需要您提供</source>
        <translation>Needed from you</translation>
    </message>
    <message>
        <source>不用您准备</source>
        <translation>Already taken care of</translation>
    </message>
</context>
<context>
    <name>MineModel</name>
    <message>
        <source>{day}前</source>
        <translation>by {day}</translation>
    </message>
    <message>
        <source>替{name}办</source>
        <translation>For {name}</translation>
    </message>
    <message>
        <source>{day}提交</source>
        <translation>sent on {day}</translation>
    </message>
    <message>
        <source>还差 {n} 样要补交</source>
        <translation>{n} still missing</translation>
    </message>
    <message>
        <source>{what}，请在 {day}前</source>
        <translation>{what}, please by {day}</translation>
    </message>
    <message>
        <source>{state}，部门过了说好的日子，上级已经在催</source>
        <translation>{state}. The department is late, and a supervisor has been told</translation>
    </message>
    <message>
        <source>{state}：{when}</source>
        <translation>{state}: {when}</translation>
    </message>
    <message>
        <source>{state}，{day}前办好</source>
        <translation>{state}, done by {day}</translation>
    </message>
    <message>
        <source>符合条件，可以直接领：{gives}</source>
        <translation>You are entitled to it: {gives}</translation>
    </message>
    <message>
        <source>可能符合，还要核对：{gives}</source>
        <translation>Perhaps, after a check: {gives}</translation>
    </message>
    <message>
        <source>办件</source>
        <translation>cases</translation>
    </message>
    <message>
        <source>证照</source>
        <translation>licences</translation>
    </message>
    <message>
        <source>可以领的</source>
        <translation>what you can take</translation>
    </message>
    <message>
        <source>提醒</source>
        <translation>reminders</translation>
    </message>
    <message>
        <source>存着没办完的</source>
        <translation>Forms kept for later</translation>
    </message>
    <message>
        <source>投诉</source>
        <translation>complaints</translation>
    </message>
    <message>
        <source>{n} 张</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>none yet</translation>
    </message>
    <message>
        <source>{n} 件</source>
        <translation>Services: {n}</translation>
    </message>
    <message>
        <source>还有 {n} 项，都看看</source>
        <translation>{n} more, show all</translation>
    </message>
</context>
<context>
    <name>MinePage</name>
    <message>
        <source>正在查找您的办件</source>
        <translation>Looking for your cases</translation>
    </message>
    <message>
        <source>%1，这些是您的</source>
        <translation>%1, this is yours</translation>
    </message>
    <message>
        <source>暂时查不到您的办件</source>
        <translation>Your cases cannot be found now</translation>
    </message>
    <message>
        <source>只有您验证身份后才看得到。看完请取走证件。</source>
        <translation>Only you can see this, now that we know it is you. Please take your document when you leave.</translation>
    </message>
    <message>
        <source>可以再试一次，或者过一会儿再来。</source>
        <translation>Please try again, or come back a little later.</translation>
    </message>
    <message>
        <source>看完了，退出查询</source>
        <translation>Done, leave</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>看完了，回到办理结果</source>
        <translation>Done, back to the results</translation>
    </message>
    <message>
        <source>办件 · 证照 · 可以直接领的 · 提醒</source>
        <translation>Cases · licences · what you can take · reminders</translation>
    </message>
    <message>
        <source>有的内容暂时查不到</source>
        <translation>Some of it cannot be found now</translation>
    </message>
    <message>
        <source>%1现在没有查到，不等于没有。可以再试一次，或者过一会儿再来。</source>
        <translation>Not found now: %1. That does not mean there is nothing. Please try again, or come back later.</translation>
    </message>
    <message>
        <source>再查我的办件</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>等您处理</source>
        <translation>Waiting for you</translation>
    </message>
    <message>
        <source>还没有办过的事</source>
        <translation>Nothing applied for yet</translation>
    </message>
    <message>
        <source>在这里办的每一件事，办到哪一步、有什么结果，以后都能在这里查到。</source>
        <translation>Here you can see everything you apply for: how far it has come, and the result.</translation>
    </message>
    <message>
        <source>您可以享受的</source>
        <translation>What you are entitled to</translation>
    </message>
    <message>
        <source>正在办</source>
        <translation>Under way</translation>
    </message>
    <message>
        <source>我的证照</source>
        <translation>My licences</translation>
    </message>
    <message>
        <source>谁看过我的信息</source>
        <translation>Who looked at my data</translation>
    </message>
    <message>
        <source>每一次都有记录</source>
        <translation>each time is recorded</translation>
    </message>
    <message>
        <source>到窗口办，先取号</source>
        <translation>Get a number for a counter</translation>
    </message>
    <message>
        <source>看几人在等，点一下出号</source>
        <translation>See the queues, one touch</translation>
    </message>
    <message>
        <source>投诉办不成的事</source>
        <translation>Complain about something</translation>
    </message>
    <message>
        <source>每一件都有人答复</source>
        <translation>Each one is answered</translation>
    </message>
    <message>
        <source>存着没办完的</source>
        <translation>Forms kept for later</translation>
    </message>
    <message>
        <source>我的投诉</source>
        <translation>My complaints</translation>
    </message>
    <message>
        <source>已经办完</source>
        <translation>Finished</translation>
    </message>
</context>
<context>
    <name>NarratorModel</name>
    <message>
        <source>内容在屏幕上，不念出来。</source>
        <translation>It is on the screen and is not read aloud.</translation>
    </message>
</context>
<context>
    <name>NoticeModel</name>
    <message>
        <source>您另外可以直接领：{name}。办完这件事，在“我的办件和证照”里领。</source>
        <translation>You can also take this: {name}. When you are done here, take it under “My cases and licences”.</translation>
    </message>
</context>
<context>
    <name>NoticePage</name>
    <message>
        <source>开始前，请先看一看</source>
        <translation>Before you begin</translation>
    </message>
    <message>
        <source>看过了，继续</source>
        <translation>I have read this, continue</translation>
    </message>
    <message>
        <source>还是给自己办</source>
        <translation>For myself after all</translation>
    </message>
    <message>
        <source>替别人办</source>
        <translation>For somebody else</translation>
    </message>
    <message>
        <source>%1 替 %2 办</source>
        <translation>%1 acts for %2</translation>
    </message>
    <message>
        <source>下面说的“您的信息”，是请您办的人的信息，只查他允许的。查了什么、谁查的，双方都看得到。</source>
        <translation>“Your data” below means the data of the person you act for, and only what they allowed. Both of you can see what was looked up, and by whom.</translation>
    </message>
    <message>
        <source>替别人办：请先验证您自己的身份，再选替谁办。</source>
        <translation>First show who you are, then choose whom you act for.</translation>
    </message>
</context>
<context>
    <name>NumberInput</name>
    <message>
        <source>出生日期：%1</source>
        <translation>Born on %1</translation>
    </message>
</context>
<context>
    <name>NumberModel</name>
    <message>
        <source>{state}，{day}前办好</source>
        <translation>{state}, done by {day}</translation>
    </message>
</context>
<context>
    <name>NumberPage</name>
    <message>
        <source>凭编号查进度</source>
        <translation>Check progress by number</translation>
    </message>
    <message>
        <source>编号在回执上。只显示办到哪一步，不显示是谁的。</source>
        <translation>The number is on your receipt. It shows how far the case has come, never whose it is.</translation>
    </message>
    <message>
        <source>查进度</source>
        <translation>Check progress</translation>
    </message>
    <message>
        <source>再查一个编号</source>
        <translation>Check another number</translation>
    </message>
    <message>
        <source>请输入 15 位或 17 位数字</source>
        <translation>Please enter 15 or 17 digits</translation>
    </message>
    <message>
        <source>刷身份证，看我的全部办件</source>
        <translation>Use my ID card, see all my cases</translation>
    </message>
    <message>
        <source>编号 %1</source>
        <translation>Number %1</translation>
    </message>
    <message>
        <source>没有查到 %1</source>
        <translation>%1 was not found</translation>
    </message>
    <message>
        <source>请照着回执再核对一遍。刚提交的要等一会儿；也可以刷身份证查看自己的办件。</source>
        <translation>Please compare it with your receipt. What you have just sent takes a moment. With your ID card you see all your cases.</translation>
    </message>
    <message>
        <source>还没有填</source>
        <translation>Empty</translation>
    </message>
    <message>
        <source>不想输？把回执上的二维码对准扫码口</source>
        <translation>Or hold the code on your receipt to the scanner</translation>
    </message>
</context>
<context>
    <name>OfferRows</name>
    <message>
        <source>一起办</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>还可以一起办</source>
        <translation>Worth doing too</translation>
    </message>
    <message>
        <source>已加入</source>
        <translation>Added</translation>
    </message>
</context>
<context>
    <name>Onward</name>
    <message>
        <source>接下来：拿好指南，到窗口去办。</source>
        <translation>Next: take the guide to the counter.</translation>
    </message>
    <message>
        <source>接下来：看您的办件和证照。</source>
        <translation>Next: see your cases and licences.</translation>
    </message>
    <message>
        <source>接下来：核对改过的地方，再交上去。</source>
        <translation>Next: check what you changed, then hand it in.</translation>
    </message>
    <message>
        <source>接下来：答完了核对一遍，再提交。</source>
        <translation>Next: when all is answered, check it and submit.</translation>
    </message>
    <message>
        <source>接下来：交到各个部门，当场看结果。</source>
        <translation>Next: it goes to the departments; you see the result here.</translation>
    </message>
    <message>
        <source>接下来：改好标出来的地方，再提交一次。</source>
        <translation>Next: correct what is marked, then submit again.</translation>
    </message>
    <message>
        <source>接下来：取走回执。</source>
        <translation>Next: take your receipt.</translation>
    </message>
    <message>
        <source>接下来：看看怎么办、要带什么。</source>
        <translation>Next: see how it is done and what to bring.</translation>
    </message>
    <message>
        <source>接下来：几件事一起填，填一次就行。</source>
        <translation>Next: fill in everything together, once.</translation>
    </message>
    <message>
        <source>接下来：看办理须知，再刷身份证。</source>
        <translation>Next: read the notice, then lay down your ID card.</translation>
    </message>
    <message>
        <source>接下来：刷身份证。</source>
        <translation>Next: lay down your ID card.</translation>
    </message>
    <message>
        <source>接下来：用手机验证码确认是您本人。</source>
        <translation>Next: confirm it is you with a code on your phone.</translation>
    </message>
    <message>
        <source>接下来：查出已有的信息，您不用再填。</source>
        <translation>Next: we look up what is already known, so you need not fill it in.</translation>
    </message>
    <message>
        <source>接下来：核对查到的信息。</source>
        <translation>Next: check what was found.</translation>
    </message>
    <message>
        <source>接下来：接着上次的填，或者重新开始。</source>
        <translation>Next: go on where you stopped, or start afresh.</translation>
    </message>
    <message>
        <source>接下来：只问还缺的几个问题。</source>
        <translation>Next: only the few questions still open.</translation>
    </message>
    <message>
        <source>接下来：一部分一部分填，填完核对。</source>
        <translation>Next: fill in part by part, then check.</translation>
    </message>
    <message>
        <source>接下来：答完了交材料，再核对提交。</source>
        <translation>Next: documents, then check and submit.</translation>
    </message>
    <message>
        <source>接下来：核对一遍，再提交。</source>
        <translation>Next: check everything, then submit.</translation>
    </message>
    <message>
        <source>接下来：回到材料，看还差哪几样。</source>
        <translation>Next: back to the documents, to see what is missing.</translation>
    </message>
    <message>
        <source>接下来：签名，然后提交。</source>
        <translation>Next: sign, then submit.</translation>
    </message>
    <message>
        <source>接下来：确认了才改，不确认就不变。</source>
        <translation>Next: nothing changes until you confirm.</translation>
    </message>
    <message>
        <source>接下来：收到钱，马上提交。</source>
        <translation>Next: once paid, it is submitted at once.</translation>
    </message>
    <message>
        <source>接下来：打印回执，上面有每件事的结果。</source>
        <translation>Next: print the receipt with every result on it.</translation>
    </message>
    <message>
        <source>接下来：说说这次办得怎么样。</source>
        <translation>Next: tell us how it went.</translation>
    </message>
    <message>
        <source>接下来：收好证件和回执，就办完了。</source>
        <translation>Next: take your card and receipt, and you are done.</translation>
    </message>
    <message>
        <source>接下来：下次刷身份证，接着办。</source>
        <translation>Next: lay down your ID card next time and go on.</translation>
    </message>
    <message>
        <source>接下来：谁在帮您，每一页上都写着。</source>
        <translation>Next: every page names who helps you.</translation>
    </message>
    <message>
        <source>接下来：点开一件，看办到哪一步。</source>
        <translation>Next: open one to see how far it has come.</translation>
    </message>
    <message>
        <source>接下来：看完了，按返回。</source>
        <translation>Next: when you have read it, go back.</translation>
    </message>
    <message>
        <source>接下来：确认了才撤回。</source>
        <translation>Next: it is taken back only when you confirm.</translation>
    </message>
    <message>
        <source>接下来：点开一张，出示或者打印。</source>
        <translation>Next: open one to show or print it.</translation>
    </message>
    <message>
        <source>接下来：打印一份，或者按返回。</source>
        <translation>Next: print a copy, or go back.</translation>
    </message>
    <message>
        <source>接下来：确认了，马上申请。</source>
        <translation>Next: once you confirm, it is applied for.</translation>
    </message>
    <message>
        <source>接下来：看这件事办到哪一步。</source>
        <translation>Next: see how far it has come.</translation>
    </message>
    <message>
        <source>接下来：取号，看怎么走。</source>
        <translation>Next: take a number and see the way.</translation>
    </message>
    <message>
        <source>接下来：拿着号，到大厅等叫号。</source>
        <translation>Next: wait in the hall with your number.</translation>
    </message>
    <message>
        <source>接下来：交给负责的部门，给您一个编号。</source>
        <translation>Next: it goes to the office in charge; you get a number.</translation>
    </message>
    <message>
        <source>接下来：拿编号随时来查。</source>
        <translation>Next: ask with the number at any time.</translation>
    </message>
    <message>
        <source>接下来：结果出来了，按您选的方式给您。</source>
        <translation>Next: the result reaches you the way you chose.</translation>
    </message>
</context>
<context>
    <name>Origin</name>
    <message>
        <source>身份证件</source>
        <translation>identity document</translation>
    </message>
    <message>
        <source>您的证照</source>
        <translation>your licences</translation>
    </message>
    <message>
        <source>部门登记信息</source>
        <translation>government records</translation>
    </message>
    <message>
        <source>按您填的算出</source>
        <translation>worked out from your answers</translation>
    </message>
</context>
<context>
    <name>OutcomeRow</name>
    <message>
        <source>%1（由工作人员看）</source>
        <translation>%1 (an officer looks)</translation>
    </message>
</context>
<context>
    <name>OutcomesModel</name>
    <message>
        <source>第 {n} 份申请</source>
        <translation>Application {n}</translation>
    </message>
    <message>
        <source>申请保存在这台机器里，网络恢复后自动提交，不用再填一遍。您可以放心离开。</source>
        <translation>Your application is kept safe in this machine and goes out by itself when the network is back. Nothing has to be entered again; you may leave.</translation>
    </message>
    <message>
        <source>{day}前办好</source>
        <translation>Decided by {day}</translation>
    </message>
    <message>
        <source>申请编号 {number}</source>
        <translation>Application number {number}</translation>
    </message>
    <message>
        <source>已保存</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>上门核查：{when}</source>
        <translation>Visit: {when}</translation>
    </message>
    <message>
        <source>到窗口：{when}</source>
        <translation>At the counter: {when}</translation>
    </message>
    <message>
        <source>地点：{place}</source>
        <translation>Place: {place}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>请带上：{names}</source>
        <translation>Please bring: {names}</translation>
    </message>
    <message>
        <source>依据：{basis}</source>
        <translation>Legal basis: {basis}</translation>
    </message>
    <message>
        <source>办件编号 {number}</source>
        <translation>Case {number}</translation>
    </message>
    <message>
        <source>咨询电话 {contact}</source>
        <translation>Call {contact}</translation>
    </message>
    <message>
        <source>{what}：{says}{day}前交。</source>
        <translation>{what}: {says} By {day}.</translation>
    </message>
    <message>
        <source>{remedy}最晚 {day}。</source>
        <translation>{remedy} By {day} at the latest.</translation>
    </message>
    <message>
        <source>已核对：{names}</source>
        <translation>Checked: {names}</translation>
    </message>
    <message>
        <source>{source}：{names}</source>
        <translation>{source}: {names}</translation>
    </message>
    <message>
        <source>请一次补齐上面这些。不知道怎么准备，请打咨询电话。</source>
        <translation>Please hand all of this in at once. If you are not sure how, call the number.</translation>
    </message>
    <message>
        <source>现在补齐</source>
        <translation>Hand it in now</translation>
    </message>
    <message>
        <source>看决定书和申诉办法</source>
        <translation>See the decision and your rights</translation>
    </message>
    <message>
        <source>看证照、选领取方式</source>
        <translation>See it, choose how to get it</translation>
    </message>
    <message>
        <source>看预约的详情</source>
        <translation>See the appointment</translation>
    </message>
    <message>
        <source>看详情、更正或撤回</source>
        <translation>See, correct or withdraw it</translation>
    </message>
    <message>
        <source>正在提交</source>
        <translation>Submitting</translation>
    </message>
    <message>
        <source>已提交</source>
        <translation>Submitted</translation>
    </message>
    <message>
        <source>需要修改</source>
        <translation>To be corrected</translation>
    </message>
    <message>
        <source>没有提交</source>
        <translation>Not submitted</translation>
    </message>
    <message>
        <source>还有一件事等您处理：{name}。</source>
        <translation>One more thing waits for you: {name}.</translation>
    </message>
    <message>
        <source>还有 {n} 件事等您处理：{name} 等。</source>
        <translation>{n} more things wait for you: {name} and others.</translation>
    </message>
    <message>
        <source>都办好了</source>
        <translation>All done</translation>
    </message>
    <message>
        <source>这次没有办成</source>
        <translation>It was not granted</translation>
    </message>
    <message>
        <source>还差您一步</source>
        <translation>One more step from you</translation>
    </message>
    <message>
        <source>办好了一部分</source>
        <translation>Partly done</translation>
    </message>
    <message>
        <source>约好时间了</source>
        <translation>The time is booked</translation>
    </message>
    <message>
        <source>由工作人员接着办</source>
        <translation>An officer takes it from here</translation>
    </message>
    <message>
        <source>已经受理，正在办</source>
        <translation>Accepted, under way</translation>
    </message>
    <message>
        <source>{n} 项已办好</source>
        <translation>{n} done</translation>
    </message>
    <message>
        <source>{n} 项已受理</source>
        <translation>{n} accepted</translation>
    </message>
    <message>
        <source>{n} 项已预约上门</source>
        <translation>{n} with a visit booked</translation>
    </message>
    <message>
        <source>{n} 项已预约到窗口</source>
        <translation>{n} with an appointment</translation>
    </message>
    <message>
        <source>{n} 项由工作人员审核</source>
        <translation>{n} to be decided by staff</translation>
    </message>
    <message>
        <source>{n} 项等您处理</source>
        <translation>{n} waiting for you</translation>
    </message>
    <message>
        <source>{n} 项不予批准</source>
        <translation>{n} not granted</translation>
    </message>
    <message>
        <source>{n} 项不予受理</source>
        <translation>{n} not accepted</translation>
    </message>
    <message>
        <source>{n} 项已撤回</source>
        <translation>{n} withdrawn</translation>
    </message>
    <message>
        <source>{n} 项还在审核</source>
        <translation>{n} still being checked</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>OutcomesPage</name>
    <message>
        <source>还没有提交成功</source>
        <translation>Not submitted yet</translation>
    </message>
    <message>
        <source>正在提交</source>
        <translation>Submitting</translation>
    </message>
    <message>
        <source>已保存，稍后自动提交</source>
        <translation>Saved, submitted automatically later</translation>
    </message>
    <message>
        <source>办理结果</source>
        <translation>Your results</translation>
    </message>
    <message>
        <source>各部门正在办理</source>
        <translation>The departments are working on it</translation>
    </message>
    <message>
        <source>回去修改内容</source>
        <translation>Go back and correct it</translation>
    </message>
    <message>
        <source>打印回执</source>
        <translation>Print the receipt</translation>
    </message>
    <message>
        <source>不等了，打印回执</source>
        <translation>Print the receipt now</translation>
    </message>
    <message>
        <source>回去重新提交</source>
        <translation>Go back and submit again</translation>
    </message>
    <message>
        <source>看我的办件</source>
        <translation>See my cases</translation>
    </message>
    <message>
        <source>这些还要您到窗口办，回执上也有</source>
        <translation>Still to be done at a counter; it is on the receipt</translation>
    </message>
    <message>
        <source>您可能还要办</source>
        <translation>You may also need</translation>
    </message>
    <message>
        <source>接着办这件事</source>
        <translation>Do this now</translation>
    </message>
</context>
<context>
    <name>Overlays</name>
    <message>
        <source>继续办理</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>要退出办理吗？</source>
        <translation>Leave now?</translation>
    </message>
    <message>
        <source>按返回键就接着办。</source>
        <translation>Press the back key to go on.</translation>
    </message>
    <message>
        <source>点“继续办理”就接着办。</source>
        <translation>Touch “Continue” to go on.</translation>
    </message>
    <message>
        <source>服务热线</source>
        <translation>Hotline</translation>
    </message>
    <message>
        <source>时间到了会自动退出。您存过这件事，新填的会一起存好，这台机器上不留。</source>
        <translation>When the time is up, the session ends. You saved this before, so what you added is saved too; nothing stays on this machine.</translation>
    </message>
    <message>
        <source>为保护您的信息，时间到了会自动退出并清除已填的内容。</source>
        <translation>To protect your data, this session will end and your answers will be cleared when the time is up.</translation>
    </message>
    <message>
        <source>先存着，下次再办</source>
        <translation>Save it and come back</translation>
    </message>
    <message>
        <source>退出后，已填的内容会清除，下次要重新填写。</source>
        <translation>What you have filled in will be erased, and you will have to enter it again next time.</translation>
    </message>
    <message>
        <source>直接退出，已填的内容会清除；想留着，就先存起来。</source>
        <translation>If you just leave, what you filled in is erased. To keep it, save it first.</translation>
    </message>
    <message>
        <source>清除并退出</source>
        <translation>Erase and leave</translation>
    </message>
    <message>
        <source>不换，继续办理</source>
        <translation>Keep the language and continue</translation>
    </message>
    <message>
        <source>需要帮助？</source>
        <translation>Need help?</translation>
    </message>
    <message>
        <source>打服务热线，或请旁边窗口的工作人员帮忙。您填的内容不会丢。</source>
        <translation>Call the hotline or ask the staff at the counter. What you have filled in is kept.</translation>
    </message>
    <message>
        <source>工作人员在旁边帮我</source>
        <translation>A member of staff helps me</translation>
    </message>
    <message>
        <source>投诉、办不成事</source>
        <translation>Complain: it went wrong</translation>
    </message>
    <message>
        <source>回到办理页面</source>
        <translation>Back to the page</translation>
    </message>
</context>
<context>
    <name>OverviewModel</name>
    <message>
        <source>各项正常，可以办理全部业务。</source>
        <translation>Everything works; all services can be used.</translation>
    </message>
    <message>
        <source>可以办理，但有功能用不了。原因和处理办法见下。</source>
        <translation>It serves, but something does not work: reasons and remedies below.</translation>
    </message>
    <message>
        <source>现在不能办理业务。请先处理标为“决定性”的原因。</source>
        <translation>Nobody can be served. See to the decisive reasons first.</translation>
    </message>
    <message>
        <source>还没有测试结果</source>
        <translation>no test results yet</translation>
    </message>
    <message>
        <source>最近的测试：通过 {good}，接近限值 {near}，不通过 {bad}</source>
        <translation>newest tests: {good} pass, {near} near a limit, {bad} fail</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>终端诊断</source>
        <translation>Diagnostics</translation>
    </message>
    <message>
        <source>正在检查终端…</source>
        <translation>Looking at the terminal…</translation>
    </message>
    <message>
        <source>正在重新检查…</source>
        <translation>looking again…</translation>
    </message>
    <message>
        <source>%1 检查</source>
        <translation>looked at %1</translation>
    </message>
    <message>
        <source>原因和处理办法</source>
        <translation>Reasons and remedies</translation>
    </message>
    <message>
        <source>%1（决定性）</source>
        <translation>%1 (decisive)</translation>
    </message>
    <message>
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>点一台看详情</source>
        <translation>touch one for more</translation>
    </message>
    <message>
        <source>自 %1</source>
        <translation>since %1</translation>
    </message>
    <message>
        <source>设置文件里没有写任何设备。</source>
        <translation>The settings name no device.</translation>
    </message>
    <message>
        <source>自动测试</source>
        <translation>Run tests</translation>
    </message>
    <message>
        <source>选择测试</source>
        <translation>Tests</translation>
    </message>
    <message>
        <source>维修引导</source>
        <translation>Repairs</translation>
    </message>
    <message>
        <source>就绪报告</source>
        <translation>Readiness report</translation>
    </message>
    <message>
        <source>测试历史</source>
        <translation>History</translation>
    </message>
    <message>
        <source>操作审计</source>
        <translation>Audit</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>第 %1 步，共 %2 步</source>
        <translation>Step %1 of %2</translation>
    </message>
</context>
<context>
    <name>PayModel</name>
    <message>
        <source>原价 {full}，{says}</source>
        <translation>{full} before, {says}</translation>
    </message>
</context>
<context>
    <name>PayPage</name>
    <message>
        <source>正在生成付款码</source>
        <translation>Making the payment code</translation>
    </message>
    <message>
        <source>请扫码付款 %1</source>
        <translation>Scan to pay %1</translation>
    </message>
    <message>
        <source>付好了，正在继续</source>
        <translation>Paid, going on</translation>
    </message>
    <message>
        <source>付款码过期了</source>
        <translation>The code has expired</translation>
    </message>
    <message>
        <source>现在付不了款</source>
        <translation>Payment does not work now</translation>
    </message>
    <message>
        <source>付好以后这里自动继续，不用点。不付也不会丢，填的内容都还在。</source>
        <translation>It goes on by itself once you have paid. Nothing you entered is lost if you do not.</translation>
    </message>
    <message>
        <source>没有扣您的钱。过期以后才付的，会自动退回。</source>
        <translation>You were not charged. Anything paid after that comes back by itself.</translation>
    </message>
    <message>
        <source>没有扣您的钱，填的内容都还在。</source>
        <translation>You were not charged, and what you entered is kept.</translation>
    </message>
    <message>
        <source>换一个付款码</source>
        <translation>Get a new code</translation>
    </message>
    <message>
        <source>先提交，付款结果稍后自动核对</source>
        <translation>Submit now, payment is checked later</translation>
    </message>
    <message>
        <source>用手机上的支付软件扫一扫</source>
        <translation>Scan it with a payment app</translation>
    </message>
    <message>
        <source>还剩 %1</source>
        <translation>%1 left</translation>
    </message>
    <message>
        <source>一共 %1</source>
        <translation>Total %1</translation>
    </message>
    <message>
        <source>%1
收款：%2</source>
        <translation>%1
Payee: %2</translation>
    </message>
    <message>
        <source>付好了</source>
        <translation>Paid</translation>
    </message>
    <message>
        <source>打开手机上的支付软件，扫上面的码</source>
        <translation>Open a payment app on your phone and scan the code above</translation>
    </message>
    <message>
        <source>这里正在等付款的消息，一到就继续。</source>
        <translation>This page waits for the payment and then goes on by itself.</translation>
    </message>
</context>
<context>
    <name>Plaints</name>
    <message>
        <source>办不成事</source>
        <translation>It could not be done</translation>
    </message>
    <message>
        <source>办得太慢</source>
        <translation>Too slow</translation>
    </message>
    <message>
        <source>服务态度</source>
        <translation>How staff behaved</translation>
    </message>
    <message>
        <source>信息不对</source>
        <translation>Wrong information</translation>
    </message>
    <message>
        <source>机器坏了或难用</source>
        <translation>This machine</translation>
    </message>
    <message>
        <source>意见建议</source>
        <translation>A suggestion</translation>
    </message>
    <message>
        <source>等部门答复</source>
        <translation>Waiting for an answer</translation>
    </message>
    <message>
        <source>已经答复，等您说解决了没有</source>
        <translation>Answered: does it solve it?</translation>
    </message>
    <message>
        <source>没有解决，上级在催</source>
        <translation>Not solved: a supervisor has been told</translation>
    </message>
    <message>
        <source>已经办完</source>
        <translation>Closed</translation>
    </message>
</context>
<context>
    <name>Plot</name>
    <message>
        <source>%1 起变化</source>
        <translation>changes since %1</translation>
    </message>
    <message>
        <source>还没有可画的记录</source>
        <translation>Nothing to plot yet</translation>
    </message>
</context>
<context>
    <name>ProgressBar</name>
    <message>
        <source>已完成 %1%</source>
        <translation>%1% done</translation>
    </message>
</context>
<context>
    <name>PromisePage</name>
    <message>
        <source>您承诺以下内容，就不用交这份材料。</source>
        <translation>Promise what is written below, and you need not hand in this paper.</translation>
    </message>
    <message>
        <source>我承诺</source>
        <translation>I promise</translation>
    </message>
    <message>
        <source>部门事后会核查。承诺不属实，要撤销结果，并承担责任。</source>
        <translation>The office checks later. If it is not true, the result is taken back and you are responsible.</translation>
    </message>
</context>
<context>
    <name>QrImage</name>
    <message>
        <source>二维码</source>
        <translation>QR code</translation>
    </message>
</context>
<context>
    <name>QuestionAids</name>
    <message>
        <source>为什么问这个</source>
        <translation>Why is this asked</translation>
    </message>
    <message>
        <source>这条信息从哪来</source>
        <translation>Where does this come from</translation>
    </message>
    <message>
        <source>回到清单</source>
        <translation>Back to the list</translation>
    </message>
    <message>
        <source>先存着，下次再办</source>
        <translation>Save it and come back</translation>
    </message>
</context>
<context>
    <name>QuestionPage</name>
    <message>
        <source>第 %1 题，共 %2 题</source>
        <translation>Question %1 of %2</translation>
    </message>
    <message>
        <source>填好了，继续</source>
        <translation>That is all, continue</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>不填，跳过</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>为什么问这个</source>
        <translation>Why is this asked</translation>
    </message>
    <message>
        <source>这条信息从哪来</source>
        <translation>Where does this come from</translation>
    </message>
</context>
<context>
    <name>RareBoard</name>
    <message>
        <source>%1 画的部件</source>
        <translation>Parts with %1 strokes</translation>
    </message>
    <message>
        <source>前一页部件</source>
        <translation>Parts before</translation>
    </message>
    <message>
        <source>后一页部件</source>
        <translation>More parts</translation>
    </message>
</context>
<context>
    <name>RarePanel</name>
    <message>
        <source>按部件</source>
        <translation>Parts</translation>
    </message>
    <message>
        <source>按读音</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>按编码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>去掉 %1</source>
        <translation>Take %1 away</translation>
    </message>
    <message>
        <source>重找</source>
        <translation>Start over</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>去掉最后一个部件或字母</source>
        <translation>Take the last part or letter away</translation>
    </message>
    <message>
        <source>删除前一个字</source>
        <translation>Delete the character before</translation>
    </message>
    <message>
        <source>生僻字暂时不能查，请找工作人员</source>
        <translation>Rare characters cannot be looked up at the moment. Please ask the staff</translation>
    </message>
    <message>
        <source>没有找到。请去掉一个部件，或换一种查法</source>
        <translation>Nothing found. Take one part away, or look another way</translation>
    </message>
    <message>
        <source>点选字里的部件，例如 龙 和 天</source>
        <translation>Touch parts of the character, such as 龙 and 天</translation>
    </message>
    <message>
        <source>输入拼音，不用声调</source>
        <translation>Type the Pinyin, without tones</translation>
    </message>
    <message>
        <source>输入四位或五位编码，例如 4DAE</source>
        <translation>Type the code of four or five digits, such as 4DAE</translation>
    </message>
    <message>
        <source>前一页</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>后一页</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>RatingModel</name>
    <message>
        <source>办得快不快</source>
        <translation>Was it fast enough?</translation>
    </message>
    <message>
        <source>办得太慢，等得太久</source>
        <translation>Too slow, too long a wait</translation>
    </message>
    <message>
        <source>办事指南准不准</source>
        <translation>Was the guide right?</translation>
    </message>
    <message>
        <source>说明不清楚，和实际不一样</source>
        <translation>Not clear, or not as it really is</translation>
    </message>
    <message>
        <source>办起来方便不方便</source>
        <translation>Was it easy to get done?</translation>
    </message>
    <message>
        <source>要填要交的太多，要跑几趟</source>
        <translation>Too much to fill in or bring, too many trips</translation>
    </message>
    <message>
        <source>机器好不好用</source>
        <translation>Was the machine easy to use?</translation>
    </message>
    <message>
        <source>这台机器不好用</source>
        <translation>This machine is hard to use</translation>
    </message>
    <message>
        <source>工作人员态度好不好</source>
        <translation>Were staff polite?</translation>
    </message>
    <message>
        <source>工作人员的态度不好</source>
        <translation>The staff were not polite</translation>
    </message>
</context>
<context>
    <name>RatingPage</name>
    <message>
        <source>这次办得怎么样？</source>
        <translation>How did it go?</translation>
    </message>
    <message>
        <source>哪里让您不满意？</source>
        <translation>What was not good?</translation>
    </message>
    <message>
        <source>点一下就好，您的评价帮我们改进。</source>
        <translation>One touch is enough. It helps us to improve.</translation>
    </message>
    <message>
        <source>可以选几项，也可以直接提交。一个工作日内会有人给您打电话。</source>
        <translation>Choose as many as you like, or none. Somebody will call you within one working day.</translation>
    </message>
    <message>
        <source>提交评价</source>
        <translation>Submit the rating</translation>
    </message>
    <message>
        <source>不评价</source>
        <translation>Do not rate</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>正在打印回执</source>
        <translation>Printing your receipt</translation>
    </message>
    <message>
        <source>没打印出来，请拍下二维码</source>
        <translation>Not printed: please photograph the code</translation>
    </message>
    <message>
        <source>请看看有没有回执</source>
        <translation>Please look for your receipt</translation>
    </message>
    <message>
        <source>请取走回执</source>
        <translation>Please take your receipt</translation>
    </message>
    <message>
        <source>凭二维码或编号，在窗口和机器上都能查进度。</source>
        <translation>Use the code or the number to check progress, at counters and machines.</translation>
    </message>
    <message>
        <source>凭回执上的编号，随时能查进度。</source>
        <translation>Use the number on the receipt to check progress at any time.</translation>
    </message>
    <message>
        <source>申请已存在这台机器上，网络恢复后自动提交，不用重新办。</source>
        <translation>Your application is stored on this machine and is sent by itself once the network is back. You need not apply again.</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>记下了，继续</source>
        <translation>Noted, go on</translation>
    </message>
    <message>
        <source>拿到了，继续</source>
        <translation>I have it, go on</translation>
    </message>
    <message>
        <source>正在打印，请稍候</source>
        <translation>Printing, please wait</translation>
    </message>
    <message>
        <source>回执从出纸口出来，切好以后再拿。</source>
        <translation>It comes out of the slot; take it once it is cut.</translation>
    </message>
    <message>
        <source>用手机拍下这个二维码</source>
        <translation>Photograph this code with your phone</translation>
    </message>
    <message>
        <source>和纸的回执一样有效。没有手机，就记下申请编号。</source>
        <translation>It counts as much as paper. Without a phone, note the number.</translation>
    </message>
    <message>
        <source>回执打好了，请从出纸口取走</source>
        <translation>Your receipt is ready: take it from the slot</translation>
    </message>
    <message>
        <source>请看看出纸口</source>
        <translation>Please look at the paper slot</translation>
    </message>
    <message>
        <source>打印机没有回音。没有回执，就拍下这里的编号。</source>
        <translation>The printer did not answer. If no receipt came out, photograph the number here.</translation>
    </message>
    <message>
        <source>查进度用的二维码</source>
        <translation>Progress code</translation>
    </message>
    <message>
        <source>申请编号</source>
        <translation>Application number</translation>
    </message>
    <message>
        <source>再打印一张</source>
        <translation>Print again</translation>
    </message>
</context>
<context>
    <name>RepairModel</name>
    <message>
        <source>换纸卷</source>
        <translation>Change the roll</translation>
    </message>
    <message>
        <source>清洁镜头</source>
        <translation>Clean the lens</translation>
    </message>
    <message>
        <source>重新插拔</source>
        <translation>Re-seat the cable</translation>
    </message>
    <message>
        <source>更换并配对</source>
        <translation>Replace and pair</translation>
    </message>
</context>
<context>
    <name>RepairPage</name>
    <message>
        <source>设备已确认</source>
        <translation>Confirmed by the device</translation>
    </message>
    <message>
        <source>等设备确认，不用点屏幕</source>
        <translation>The device confirms it, no need to touch the screen</translation>
    </message>
    <message>
        <source>没有做完，设置没有改动。可以从头再来。</source>
        <translation>It was not finished, and nothing was changed. You can begin again.</translation>
    </message>
    <message>
        <source>正在查看设备…</source>
        <translation>Looking at the device…</translation>
    </message>
    <message>
        <source>这次维修没有开始。</source>
        <translation>This repair did not begin.</translation>
    </message>
    <message>
        <source>中止维修</source>
        <translation>Stop this repair</translation>
    </message>
    <message>
        <source>好了，返回</source>
        <translation>Done, go back</translation>
    </message>
    <message>
        <source>从头再来</source>
        <translation>Begin again</translation>
    </message>
</context>
<context>
    <name>RepairsModel</name>
    <message>
        <source>换纸卷</source>
        <translation>Change the roll</translation>
    </message>
    <message>
        <source>纸将用尽或打印不清时。换好后打一张测试条。</source>
        <translation>When paper is near its end or print is faint. Ends with a test slip.</translation>
    </message>
    <message>
        <source>清洁镜头</source>
        <translation>Clean the lens</translation>
    </message>
    <message>
        <source>画面发虚时。比较擦之前和之后的清晰度。</source>
        <translation>When pictures are blurred. Compares sharpness before and after.</translation>
    </message>
    <message>
        <source>重新插拔</source>
        <translation>Re-seat the cable</translation>
    </message>
    <message>
        <source>设备没有反应或时断时续时。确认回来的是同一台。</source>
        <translation>When a device does not answer or comes and goes. Sees that the same one is back.</translation>
    </message>
    <message>
        <source>更换并配对</source>
        <translation>Replace and pair</translation>
    </message>
    <message>
        <source>设备坏了要换新时。按序列号与本机配对。</source>
        <translation>When a device is broken. Pairs the new one by its serial number.</translation>
    </message>
</context>
<context>
    <name>RepairsPage</name>
    <message>
        <source>维修引导</source>
        <translation>Repairs</translation>
    </message>
    <message>
        <source>维修：%1</source>
        <translation>Repairs: %1</translation>
    </message>
    <message>
        <source>一步一步做，每一步由设备自己确认；随时可以中止，不会改动设置。</source>
        <translation>Step by step, each confirmed by the device itself. You can stop at any time; no setting is changed.</translation>
    </message>
    <message>
        <source>本机没有可以引导维修的设备。</source>
        <translation>No device here has a guided repair.</translation>
    </message>
</context>
<context>
    <name>ReportModel</name>
    <message>
        <source>原因</source>
        <translation>Reasons</translation>
    </message>
    <message>
        <source>测试结果</source>
        <translation>Test results</translation>
    </message>
    <message>
        <source>历史摘要</source>
        <translation>Digest of history</translation>
    </message>
    <message>
        <source>审计摘要</source>
        <translation>Digest of audit</translation>
    </message>
    <message>
        <source>已排队，尚未送到打印机</source>
        <translation>queued, not yet sent to the printer</translation>
    </message>
    <message>
        <source>已送出，打印机没有证实打完</source>
        <translation>sent; the printer did not confirm it</translation>
    </message>
    <message>
        <source>打印机已证实打完</source>
        <translation>confirmed by the printer</translation>
    </message>
    <message>
        <source>已打完并被取走</source>
        <translation>printed and taken</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>就绪报告</source>
        <translation>Readiness report</translation>
    </message>
    <message>
        <source>正在生成并签名…</source>
        <translation>Making and signing it…</translation>
    </message>
    <message>
        <source>报告没有生成。可以再试一次。</source>
        <translation>The report was not made. You can try again.</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>终端签名的结论</source>
        <translation>Verdict, signed by the terminal</translation>
    </message>
    <message>
        <source>扫码得到结论，可离线核验。</source>
        <translation>The code holds the verdict and can be verified offline.</translation>
    </message>
    <message>
        <source>去向</source>
        <translation>Handed out</translation>
    </message>
    <message>
        <source>凭条：%1</source>
        <translation>Slip: %1</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>打印凭条</source>
        <translation>Print slip</translation>
    </message>
    <message>
        <source>正在保存</source>
        <translation>Saving</translation>
    </message>
    <message>
        <source>存到本机</source>
        <translation>Save here</translation>
    </message>
    <message>
        <source>重新生成</source>
        <translation>Make again</translation>
    </message>
</context>
<context>
    <name>ResultModel</name>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>no</translation>
    </message>
    <message>
        <source>{done} 项测试的结果</source>
        <translation>Results of {done} tests</translation>
    </message>
    <message>
        <source>通过 {n}</source>
        <translation>{n} pass</translation>
    </message>
    <message>
        <source>接近限值 {n}</source>
        <translation>{n} near a limit</translation>
    </message>
    <message>
        <source>不通过 {n}</source>
        <translation>{n} FAIL</translation>
    </message>
    <message>
        <source>未测 {n}</source>
        <translation>{n} skipped</translation>
    </message>
    <message>
        <source>还有 {n} 项没有测：中途停止了。</source>
        <translation>{n} more were not run: it was stopped midway.</translation>
    </message>
    <message>
        <source>{when}，用时 {took} 秒</source>
        <translation>{when}, took {took} s</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>测量值</source>
        <translation>Measures</translation>
    </message>
    <message>
        <source>红线是限值</source>
        <translation>red line: limit</translation>
    </message>
    <message>
        <source>没有测到数值。</source>
        <translation>Nothing was measured.</translation>
    </message>
    <message>
        <source>与本机以往相比</source>
        <translation>Against this machine’s past</translation>
    </message>
    <message>
        <source>绿色是以往的范围</source>
        <translation>green: range of its past</translation>
    </message>
    <message>
        <source>正在读取历史…</source>
        <translation>Reading the history…</translation>
    </message>
    <message>
        <source>各项结果</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>问题在前</source>
        <translation>problems first</translation>
    </message>
    <message>
        <source>再测一次</source>
        <translation>Test again</translation>
    </message>
    <message>
        <source>全部再测一次</source>
        <translation>Run all again</translation>
    </message>
    <message>
        <source>看历史</source>
        <translation>History</translation>
    </message>
    <message>
        <source>维修引导</source>
        <translation>Repairs</translation>
    </message>
</context>
<context>
    <name>ResumeModel</name>
    <message>
        <source>{day} 存的，填好了 {n} 项</source>
        <translation>Saved on {day}, {n} answers filled in</translation>
    </message>
    <message>
        <source>保留到 {day}，过后自动删除</source>
        <translation>Kept until {day}, then deleted by itself</translation>
    </message>
</context>
<context>
    <name>ResumePage</name>
    <message>
        <source>接着办之前，请看一看</source>
        <translation>Before you go on</translation>
    </message>
    <message>
        <source>您有 %1 件没办完的事</source>
        <translation>You have %1 unfinished forms</translation>
    </message>
    <message>
        <source>您有一件没办完的事</source>
        <translation>You have an unfinished form</translation>
    </message>
    <message>
        <source>存好以后，办事的要求有变化。这几项请您重新填，其余的都还在。</source>
        <translation>Requirements have changed since you saved it. Please fill these in again; everything else is still there.</translation>
    </message>
    <message>
        <source>您以前存下的，只有您验证身份后才能看到。</source>
        <translation>You saved it earlier. Only you can see it, now that we know it is you.</translation>
    </message>
    <message>
        <source>知道了，接着办事</source>
        <translation>I see, go on</translation>
    </message>
    <message>
        <source>不接着办，重新开始</source>
        <translation>Start again instead</translation>
    </message>
</context>
<context>
    <name>ReviewModel</name>
    <message>
        <source>稍后补交</source>
        <translation>Hand in later</translation>
    </message>
    <message>
        <source>办给：{principal}。替他办的人：{agent}（委托编号 {reference}）。</source>
        <translation>For: {principal}. Acting for them: {agent} (authorisation {reference}).</translation>
    </message>
    <message>
        <source>{item}（第 {n} 份申请）</source>
        <translation>{item} (application {n})</translation>
    </message>
    <message>
        <source>共 {n} 项</source>
        <translation>{n} in all</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>请核对，没错就提交</source>
        <translation>Please check, then submit</translation>
    </message>
    <message>
        <source>请核对要补交的，没错就交上去</source>
        <translation>Please check what you hand in</translation>
    </message>
    <message>
        <source>要更正哪一项？改好再提交</source>
        <translation>What is to be corrected?</translation>
    </message>
    <message>
        <source>哪一项不对，点旁边的“修改”。</source>
        <translation>Touch “Change” beside anything that is not right.</translation>
    </message>
    <message>
        <source>去签名</source>
        <translation>Go on and sign</translation>
    </message>
    <message>
        <source>提交申请</source>
        <translation>Submit the application</translation>
    </message>
    <message>
        <source>提交材料</source>
        <translation>Hand in the papers</translation>
    </message>
    <message>
        <source>替别人办</source>
        <translation>For somebody else</translation>
    </message>
    <message>
        <source>会由工作人员审核：%1</source>
        <translation>Staff will decide: %1</translation>
    </message>
    <message>
        <source>材料</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>提交即承诺</source>
        <translation>By submitting you promise</translation>
    </message>
</context>
<context>
    <name>Ring</name>
    <message>
        <source>还有 %1 秒</source>
        <translation>%1 seconds left</translation>
    </message>
</context>
<context>
    <name>RunningModel</name>
    <message>
        <source>一般 {n} 秒</source>
        <translation>usually {n} s</translation>
    </message>
    <message>
        <source>正在测</source>
        <translation>running</translation>
    </message>
    <message>
        <source>等待</source>
        <translation>waiting</translation>
    </message>
</context>
<context>
    <name>RunningPage</name>
    <message>
        <source>正在测试（第 %1 项，共 %2 项）</source>
        <translation>Testing (%1 of %2)</translation>
    </message>
    <message>
        <source>正在测试</source>
        <translation>Testing</translation>
    </message>
    <message>
        <source>现在不用动手，请稍候。</source>
        <translation>Nothing to do now, please wait.</translation>
    </message>
    <message>
        <source>这一批</source>
        <translation>This batch</translation>
    </message>
    <message>
        <source>停止，看已有的结果</source>
        <translation>Stop and see the results so far</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>本次少填 {fields} 项</source>
        <translation>You filled in {fields} fewer fields</translation>
    </message>
    <message>
        <source>大约少填 {fields} 项</source>
        <translation>About {fields} fewer fields to fill in</translation>
    </message>
    <message>
        <source>本次少交 {papers} 份材料</source>
        <translation>You handed in {papers} fewer papers</translation>
    </message>
    <message>
        <source>大约少交 {papers} 份材料</source>
        <translation>About {papers} fewer papers to hand in</translation>
    </message>
    <message>
        <source>本次少填 {fields} 项，少交 {papers} 份材料</source>
        <translation>This time: {fields} fewer fields, {papers} fewer papers</translation>
    </message>
    <message>
        <source>大约少填 {fields} 项，少交 {papers} 份材料</source>
        <translation>About {fields} fewer fields and {papers} fewer papers</translation>
    </message>
    <message>
        <source>要填的：逐项办要填 {before} 项，这次您一项也没填。</source>
        <translation>To fill in: {before} one by one; this time none.</translation>
    </message>
    <message>
        <source>要填的：逐项办要填 {before} 项，这次您只填了 {now} 项。</source>
        <translation>To fill in: {before} one by one; this time only {now}.</translation>
    </message>
    <message>
        <source>要交的：逐项办要交 {before} 份，这次您一份也不用交。</source>
        <translation>To hand in: {before} papers one by one; this time none.</translation>
    </message>
    <message>
        <source>要交的：逐项办要交 {before} 份，这次您只交 {now} 份。</source>
        <translation>To hand in: {before} papers one by one; this time only {now}.</translation>
    </message>
    <message>
        <source>要填的：逐项办要填 {before} 项，在这里约 {now} 项。</source>
        <translation>To fill in: {before} one by one; here about {now}.</translation>
    </message>
    <message>
        <source>要填的：逐项办要填 {before} 项，在这里多半不用填。</source>
        <translation>To fill in: {before} one by one; here mostly none.</translation>
    </message>
    <message>
        <source>要交的：逐项办要交 {before} 份，在这里 {now} 份，别的不用带。</source>
        <translation>To hand in: {before} papers one by one; here {now}. Leave the rest at home.</translation>
    </message>
    <message>
        <source>要交的：逐项办要交 {before} 份，在这里多半都不用带。</source>
        <translation>To hand in: {before} papers one by one; here mostly none.</translation>
    </message>
    <message>
        <source>不用填</source>
        <translation>None</translation>
    </message>
    <message>
        <source>约 {n} 个问题</source>
        <translation>About {n}</translation>
    </message>
    <message>
        <source>约 {n} 个问题，多半不用填，核对就行</source>
        <translation>About {n}, mostly only to be checked</translation>
    </message>
    <message>
        <source>约 {n} 个问题，其中 {ready} 个多半不用填</source>
        <translation>About {n}, of which {ready} are mostly known</translation>
    </message>
</context>
<context>
    <name>ScrollBody</name>
    <message>
        <source>回到上面</source>
        <translation>Back up</translation>
    </message>
    <message>
        <source>已到最后</source>
        <translation>That is all</translation>
    </message>
    <message>
        <source>下面还有</source>
        <translation>More below</translation>
    </message>
</context>
<context>
    <name>SeeHear</name>
    <message>
        <source>怎么看、怎么听</source>
        <translation>How to see and hear</translation>
    </message>
    <message>
        <source>点一下就变，只管您这一次。</source>
        <translation>Each touch counts at once, for this visit only.</translation>
    </message>
    <message>
        <source>大字，一页只做一件事</source>
        <translation>Large text, one thing a page</translation>
    </message>
    <message>
        <source>黑白分明，看得更清</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>按钮都放低，坐着也够得着</source>
        <translation>All buttons low, in reach when seated</translation>
    </message>
    <message>
        <source>读给我听，不读您的信息</source>
        <translation>Read to me, never my data</translation>
    </message>
    <message>
        <source>调低声音</source>
        <translation>Quieter</translation>
    </message>
    <message>
        <source>现在音量 %1，最大 %2</source>
        <translation>Volume now %1 of %2</translation>
    </message>
    <message>
        <source>静音</source>
        <translation>Silent</translation>
    </message>
    <message>
        <source>音量 %1</source>
        <translation>Volume %1</translation>
    </message>
    <message>
        <source>调高声音</source>
        <translation>Louder</translation>
    </message>
    <message>
        <source>说慢点</source>
        <translation>Slow</translation>
    </message>
    <message>
        <source>正常说</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>说快点</source>
        <translation>Fast</translation>
    </message>
    <message>
        <source>好了，继续办理</source>
        <translation>Done, go on</translation>
    </message>
</context>
<context>
    <name>ServiceModel</name>
    <message>
        <source>一件事，一次办</source>
        <translation>Several things in one go</translation>
    </message>
    <message>
        <source>单个事项</source>
        <translation>Single services</translation>
    </message>
    <message>
        <source>{items} 个事项 · {departments} 个部门</source>
        <translation>Services: {items} · Departments: {departments}</translation>
    </message>
    <message>
        <source> · 全部当场办好</source>
        <translation> · all decided on the spot</translation>
    </message>
    <message>
        <source> · {n} 项当场办好</source>
        <translation> · on the spot: {n}</translation>
    </message>
    <message>
        <source>告诉您去哪办、带什么</source>
        <translation>Where to go and what to bring</translation>
    </message>
    <message>
        <source>当场打印</source>
        <translation>Printed on the spot</translation>
    </message>
    <message>
        <source>当场办好</source>
        <translation>Decided on the spot</translation>
    </message>
    <message>
        <source>承诺后当场办好</source>
        <translation>On the spot, on your promise</translation>
    </message>
    <message>
        <source>预约上门看</source>
        <translation>Decided at a booked visit</translation>
    </message>
    <message>
        <source>在这里填好，预约到窗口办</source>
        <translation>Filled in here, then an appointment at the counter</translation>
    </message>
    <message>
        <source>工作人员审核，{n} 个工作日内</source>
        <translation>Decided by staff within {n} working days</translation>
    </message>
    <message>
        <source>{step} {n} 个工作日</source>
        <translation>{step} ({n} working days)</translation>
    </message>
    <message>
        <source>另需：{steps}</source>
        <translation>In addition: {steps}</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>检测</source>
        <translation>testing</translation>
    </message>
    <message>
        <source>到现场看</source>
        <translation>a visit to the place</translation>
    </message>
    <message>
        <source>开会听意见</source>
        <translation>a hearing of everybody concerned</translation>
    </message>
    <message>
        <source>专家评审</source>
        <translation>expert review</translation>
    </message>
    <message>
        <source>公开让大家看</source>
        <translation>notice to the public</translation>
    </message>
    <message>
        <source>招标、拍卖</source>
        <translation>tender or auction</translation>
    </message>
    <message>
        <source>考试</source>
        <translation>an examination</translation>
    </message>
    <message>
        <source>检疫</source>
        <translation>quarantine</translation>
    </message>
    <message>
        <source>按预约的时间</source>
        <translation>At the time you book</translation>
    </message>
    <message>
        <source>当场出结果</source>
        <translation>Decided on the spot</translation>
    </message>
    <message>
        <source>最长 {n} 个工作日</source>
        <translation>Up to {n} working days</translation>
    </message>
    <message>
        <source>当场收下开始办</source>
        <translation>Taken in at once</translation>
    </message>
    <message>
        <source>，另加特别的步骤 {n} 个工作日</source>
        <translation>, plus {n} for special steps</translation>
    </message>
    <message>
        <source>不收费</source>
        <translation>Free of charge</translation>
    </message>
    <message>
        <source>{yuan} 元</source>
        <translation>{yuan} yuan</translation>
    </message>
    <message>
        <source>只多答 {n} 个问题</source>
        <translation>More questions: {n}</translation>
    </message>
    <message>
        <source>不用多答问题</source>
        <translation>No more questions</translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>颁发部门</source>
        <translation>Issued by</translation>
    </message>
    <message>
        <source>颁发日期</source>
        <translation>Issued on</translation>
    </message>
    <message>
        <source>有效期到</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>{names} 等 {n} 项</source>
        <translation>{names} … {n} in all</translation>
    </message>
    <message>
        <source>办这些事不用再交纸质件</source>
        <translation>Takes the place of paper for</translation>
    </message>
    <message>
        <source>{day} 撤销：{reason}</source>
        <translation>Revoked on {day}: {reason}</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>打印这一张</source>
        <translation>Print this</translation>
    </message>
    <message>
        <source>再打印一张</source>
        <translation>Print another one</translation>
    </message>
    <message>
        <source>申请换发、延续</source>
        <translation>Renew it</translation>
    </message>
    <message>
        <source>出示给工作人员扫一扫，不联网也能验真假</source>
        <translation>Show it to be scanned; it can be checked without a network</translation>
    </message>
    <message>
        <source>屏幕上的号码遮住了一部分，打印出来的是完整的。</source>
        <translation>Numbers are partly hidden on the screen, and complete in print.</translation>
    </message>
</context>
<context>
    <name>ShellModel</name>
    <message>
        <source>选事项</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>验身份</source>
        <translation>Identity</translation>
    </message>
    <message>
        <source>填信息</source>
        <translation>Questions</translation>
    </message>
    <message>
        <source>交材料</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>核对提交</source>
        <translation>Check and submit</translation>
    </message>
    <message>
        <source>取结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>我的办件和证照</source>
        <translation>My cases and licences</translation>
    </message>
    <message>
        <source>{name}（{staff}）</source>
        <translation>{name} ({staff})</translation>
    </message>
</context>
<context>
    <name>SignPage</name>
    <message>
        <source>请签名</source>
        <translation>Please sign</translation>
    </message>
    <message>
        <source>请确认申请</source>
        <translation>Confirm your application</translation>
    </message>
    <message>
        <source>%1，请写下您的名字。签好后马上提交。</source>
        <translation>%1, please write your name. It is submitted as soon as you sign.</translation>
    </message>
    <message>
        <source>%1，确认后马上提交。</source>
        <translation>%1, it is submitted as soon as you confirm.</translation>
    </message>
    <message>
        <source>签好了，提交申请</source>
        <translation>Signed, submit it</translation>
    </message>
    <message>
        <source>确认并提交申请</source>
        <translation>Confirm and submit application</translation>
    </message>
    <message>
        <source>改用手写签名</source>
        <translation>Sign by hand instead</translation>
    </message>
    <message>
        <source>不方便写字</source>
        <translation>I cannot write here</translation>
    </message>
    <message>
        <source>确认代替签名</source>
        <translation>Your word in place of a signature</translation>
    </message>
    <message>
        <source>您的身份已经核实过。点“确认并提交申请”，就是说：填的内容我都知道了，是真的，我要申请。</source>
        <translation>We have checked who you are. By choosing “Confirm and submit application” you say: I know what is filled in, it is true, and I apply.</translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>请在这里用手指签名</source>
        <translation>Sign here with your finger</translation>
    </message>
    <message>
        <source>撤销一笔</source>
        <translation>Undo a stroke</translation>
    </message>
    <message>
        <source>重写签名</source>
        <translation>Sign again</translation>
    </message>
    <message>
        <source>恢复签名</source>
        <translation>Restore signature</translation>
    </message>
</context>
<context>
    <name>SlipPrompt</name>
    <message>
        <source>正在打印，请稍候</source>
        <translation>Printing. One moment</translation>
    </message>
    <message>
        <source>打印好了，请从出纸口取走</source>
        <translation>It is printed. Please take it from the slot</translation>
    </message>
    <message>
        <source>打印机没有回音，请看看出纸口</source>
        <translation>The printer does not answer. Please look at the slot</translation>
    </message>
</context>
<context>
    <name>Slips</name>
    <message>
        <source>手机号以 13 到 19 开头，请核对前两位</source>
        <translation>Mobile numbers begin with 13 to 19. Check the first two digits</translation>
    </message>
    <message>
        <source>没有这个出生日期，请核对第 7 到 14 位</source>
        <translation>There is no such day of birth. Check digits 7 to 14</translation>
    </message>
    <message>
        <source>出生日期在今天以后，请核对第 7 到 14 位</source>
        <translation>The day of birth is after today. Check digits 7 to 14</translation>
    </message>
    <message>
        <source>执照上的 18 位代码里没有字母 I、O、S、V、Z，请核对</source>
        <translation>The 18-character number has no letter I, O, S, V or Z; please check it</translation>
    </message>
    <message>
        <source>X 只能是最后一位，请核对</source>
        <translation>X can only be the last character. Please check</translation>
    </message>
    <message>
        <source>这个代码对不上，有一位输错了，请对照营业执照逐位核对</source>
        <translation>One character is wrong. Compare the code with the business licence</translation>
    </message>
    <message>
        <source>这个卡号对不上，有一位输错了，请对照银行卡逐位核对</source>
        <translation>One digit is wrong. Compare the number with the bank card</translation>
    </message>
    <message>
        <source>这个号码对不上，有一位输错了，请对照身份证逐位核对</source>
        <translation>One digit is wrong. Compare the number with the ID card</translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>请稍候</source>
        <translation>Please wait</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>正在审核</source>
        <translation>Being checked</translation>
    </message>
    <message>
        <source>已办好</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>已受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>已预约上门核查</source>
        <translation>Visit booked</translation>
    </message>
    <message>
        <source>已预约到窗口办</source>
        <translation>Appointment at the counter</translation>
    </message>
    <message>
        <source>由工作人员审核</source>
        <translation>Staff will decide</translation>
    </message>
    <message>
        <source>不予批准</source>
        <translation>Not granted</translation>
    </message>
    <message>
        <source>等您处理</source>
        <translation>Waiting for you</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
</context>
<context>
    <name>StarRating</name>
    <message>
        <source>非常满意</source>
        <translation>Very good</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>Fair</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>Poor</translation>
    </message>
    <message>
        <source>非常不满意</source>
        <translation>Very poor</translation>
    </message>
    <message>
        <source>请为这次服务评价</source>
        <translation>Please rate this service</translation>
    </message>
</context>
<context>
    <name>SummaryRow</name>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>TasksModel</name>
    <message>
        <source>填好了，点开可以改</source>
        <translation>Filled in; touch to change it</translation>
    </message>
    <message>
        <source>先填“{titles}”，才知道要不要填</source>
        <translation>Answer “{titles}” first; then we know if it is needed</translation>
    </message>
    <message>
        <source>{all} 个问题，填了 {n} 个</source>
        <translation>{all} questions, {n} answered</translation>
    </message>
    <message>
        <source>{n} 个问题</source>
        <translation>{n} questions</translation>
    </message>
    <message>
        <source>看一看，没有就不填</source>
        <translation>Have a look; it may be empty</translation>
    </message>
</context>
<context>
    <name>TasksPage</name>
    <message>
        <source>都填好了</source>
        <translation>All filled in</translation>
    </message>
    <message>
        <source>分 %1 部分填</source>
        <translation>%1 parts to fill in</translation>
    </message>
    <message>
        <source>可以点开再看，也可以继续。</source>
        <translation>Touch a part to look again, or continue.</translation>
    </message>
    <message>
        <source>填好了 %1 部分。想先填哪一部分，就点哪一部分。</source>
        <translation>%1 parts are filled in. Touch the part you want to do next.</translation>
    </message>
    <message>
        <source>想先填哪一部分，就点哪一部分。填好一部分会回到这里。</source>
        <translation>Touch the part you want to begin with. After each part you come back here.</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>接着填下一部分</source>
        <translation>Go on to the next part</translation>
    </message>
    <message>
        <source>从第一部分填起</source>
        <translation>Begin with the first part</translation>
    </message>
    <message>
        <source>先存着，下次再办</source>
        <translation>Save it and come back</translation>
    </message>
</context>
<context>
    <name>TechFrame</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>回到上面</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>已到最后</source>
        <translation>End</translation>
    </message>
    <message>
        <source>下面还有</source>
        <translation>More below</translation>
    </message>
</context>
<context>
    <name>TechnicianShell</name>
    <message>
        <source>还在检修吗？</source>
        <translation>Are you still here?</translation>
    </message>
    <message>
        <source>时间到了会退出诊断模式，办事人就可以使用本机。</source>
        <translation>When the time is up diagnostics end, and citizens can use this terminal.</translation>
    </message>
    <message>
        <source>继续检修</source>
        <translation>Stay</translation>
    </message>
</context>
<context>
    <name>TestsModel</name>
    <message>
        <source>约 {n} 分钟</source>
        <translation>about {n} min</translation>
    </message>
    <message>
        <source>约 {n} 秒</source>
        <translation>about {n} s</translation>
    </message>
    <message>
        <source>{n} 项，{lasting}</source>
        <translation>{n} in all, {lasting}</translation>
    </message>
</context>
<context>
    <name>TestsPage</name>
    <message>
        <source>选择测试</source>
        <translation>Tests</translation>
    </message>
    <message>
        <source>测试：%1</source>
        <translation>Tests: %1</translation>
    </message>
    <message>
        <source>需要动手</source>
        <translation>needs a hand</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>by itself</translation>
    </message>
    <message>
        <source>没有测过</source>
        <translation>never run</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Run</translation>
    </message>
    <message>
        <source>不用动手的测试</source>
        <translation>Tests without hands</translation>
    </message>
    <message>
        <source>全部测试</source>
        <translation>All tests</translation>
    </message>
</context>
<context>
    <name>TextInputField</name>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>恢复清空的内容</source>
        <translation>Restore what was cleared</translation>
    </message>
</context>
<context>
    <name>TicketModel</name>
    <message>
        <source>前面还有 {n} 人</source>
        <translation>{n} people before you</translation>
    </message>
    <message>
        <source>下一个就叫您</source>
        <translation>You are next</translation>
    </message>
    <message>
        <source>大约等 {least}–{most} 分钟</source>
        <translation>about {least} to {most} minutes</translation>
    </message>
    <message>
        <source>多半在 {n} 号窗口</source>
        <translation>most likely at counter {n}</translation>
    </message>
</context>
<context>
    <name>TicketPage</name>
    <message>
        <source>号取好了，正在打印</source>
        <translation>Your number is being printed</translation>
    </message>
    <message>
        <source>请记住您的号</source>
        <translation>Please remember your number</translation>
    </message>
    <message>
        <source>请取走您的号</source>
        <translation>Please take your number</translation>
    </message>
    <message>
        <source>记住了，结束取号</source>
        <translation>I know my number, finish</translation>
    </message>
    <message>
        <source>拿好了，结束取号</source>
        <translation>I have my number, finish</translation>
    </message>
    <message>
        <source>再办别的事</source>
        <translation>Do something else</translation>
    </message>
    <message>
        <source>再打印一张</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>怎么走</source>
        <translation>How to get there</translation>
    </message>
    <message>
        <source>从这里到窗口的路线</source>
        <translation>The way from here to the counter</translation>
    </message>
    <message>
        <source>● 您在这里</source>
        <translation>● You are here</translation>
    </message>
    <message>
        <source>手机扫码，看前面还有几人</source>
        <translation>Follow your number on a phone</translation>
    </message>
    <message>
        <source>请留意叫号屏和广播，以叫到的窗口为准。叫三次没到，号就过了，可以回来再排一次。</source>
        <translation>Watch the board and listen: go to the counter that calls your number. After three calls it is over; you may come back once.</translation>
    </message>
</context>
<context>
    <name>TrafficModel</name>
    <message>
        <source>{n} 字节</source>
        <translation>{n} bytes</translation>
    </message>
    <message>
        <source>设备已离开</source>
        <translation>the device left</translation>
    </message>
    <message>
        <source>内容已隐去：可能是个人信息</source>
        <translation>hidden: it may be somebody’s</translation>
    </message>
</context>
<context>
    <name>TrafficPage</name>
    <message>
        <source>原始数据：%1</source>
        <translation>Raw traffic: %1</translation>
    </message>
    <message>
        <source>正在监听，最多十分钟，离开本页就停。→ 发给设备，← 设备发来；毫秒从开始监听算起。</source>
        <translation>Listening, for ten minutes at most and until you leave this page. → to the device, ← from it; milliseconds since listening began.</translation>
    </message>
    <message>
        <source>已停止监听。</source>
        <translation>Not listening any more.</translation>
    </message>
    <message>
        <source>还没有数据。可以操作一下设备。</source>
        <translation>Nothing passed yet. Use the device.</translation>
    </message>
    <message>
        <source>没有听到数据。</source>
        <translation>Nothing was heard.</translation>
    </message>
    <message>
        <source>重新监听</source>
        <translation>Listen again</translation>
    </message>
</context>
<context>
    <name>TypedIdentity</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>身份证号码</source>
        <translation>ID number</translation>
    </message>
</context>
<context>
    <name>UsesModel</name>
    <message>
        <source>办“{matter}”时帮您填表</source>
        <translation>to fill in the form of “{matter}”</translation>
    </message>
    <message>
        <source>办“{matter}”时找能代替纸质件的证照</source>
        <translation>to find licences in place of paper for “{matter}”</translation>
    </message>
    <message>
        <source>审核“{matter}”</source>
        <translation>to decide “{matter}”</translation>
    </message>
    <message>
        <source>在窗口处理“{matter}”</source>
        <translation>at the counter, for “{matter}”</translation>
    </message>
    <message>
        <source>看您能直接领什么</source>
        <translation>to see what you are entitled to</translation>
    </message>
    <message>
        <source>给您看您的证照</source>
        <translation>to show you your licences</translation>
    </message>
    <message>
        <source>办“{matter}”</source>
        <translation>for “{matter}”</translation>
    </message>
    <message>
        <source>{source}：{elements}</source>
        <translation>{source}: {elements}</translation>
    </message>
    <message>
        <source>帮办员 {staff}</source>
        <translation>helper {staff}</translation>
    </message>
    <message>
        <source>您自己</source>
        <translation>You</translation>
    </message>
    <message>
        <source>{who}，{why}</source>
        <translation>{who}, {why}</translation>
    </message>
    <message>
        <source>还查了 {n} 处</source>
        <translation>{n} more sources</translation>
    </message>
</context>
<context>
    <name>UsesPage</name>
    <message>
        <source>谁看过我的信息</source>
        <translation>Who looked at my data</translation>
    </message>
    <message>
        <source>每次查看您的信息都有记录，改不了也删不掉。不认得的，请拨打 %1。</source>
        <translation>Each look at your data is recorded, and nobody can change that. If you do not know one, call %1.</translation>
    </message>
    <message>
        <source>暂时查不到，可以再试一次。</source>
        <translation>It cannot be found now; please try again.</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>还没有人看过您的信息。</source>
        <translation>Nobody has looked at your data yet.</translation>
    </message>
    <message>
        <source>看更早的记录</source>
        <translation>Show older ones</translation>
    </message>
</context>
<context>
    <name>VerifyPage</name>
    <message>
        <source>没有登记手机号码</source>
        <translation>No phone number registered</translation>
    </message>
    <message>
        <source>请输入短信验证码</source>
        <translation>Enter the code from your phone</translation>
    </message>
    <message>
        <source>%1，正在给您登记的手机发送验证码。</source>
        <translation>%1, a code is being sent to your registered phone.</translation>
    </message>
    <message>
        <source>%1，验证码已发到 %2。</source>
        <translation>%1, the code was sent to %2.</translation>
    </message>
    <message>
        <source>回到首页</source>
        <translation>Back to the start</translation>
    </message>
    <message>
        <source>重新发送验证码</source>
        <translation>Send another code</translation>
    </message>
    <message>
        <source>发送验证码</source>
        <translation>Send a code</translation>
    </message>
    <message>
        <source>请旁边的工作人员帮忙</source>
        <translation>Ask a member of staff</translation>
    </message>
    <message>
        <source>工作人员看过证件，就可以在窗口接着办。</source>
        <translation>They look at your card, and you go on at the counter.</translation>
    </message>
    <message>
        <source>拨打 %1，问在哪里登记手机号码</source>
        <translation>Call %1 and ask where to register your phone</translation>
    </message>
    <message>
        <source>登记以后，在这台机器上就能办。</source>
        <translation>Once it is registered you can do this here.</translation>
    </message>
    <message>
        <source>正在核对…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>还可以输入 %1 次</source>
        <translation>Attempts left: %1</translation>
    </message>
</context>
<context>
    <name>Ways</name>
    <message>
        <source>由机器替您写好</source>
        <translation>written for you by this machine</translation>
    </message>
    <message>
        <source>查到证照就不用带</source>
        <translation>not needed if your licence is found</translation>
    </message>
    <message>
        <source>联网核对，不用带</source>
        <translation>checked online, not needed</translation>
    </message>
    <message>
        <source>写个承诺就行，不用带</source>
        <translation>your promise is enough</translation>
    </message>
    <message>
        <source>现场拍照，可以后补</source>
        <translation>photographed here, or handed in later</translation>
    </message>
    <message>
        <source>现场拍照，请带原件</source>
        <translation>photographed here, please bring the original</translation>
    </message>
    <message>
        <source>已替您写好</source>
        <translation>written for you</translation>
    </message>
    <message>
        <source>查到证照了</source>
        <translation>your licence was found</translation>
    </message>
    <message>
        <source>已联网核对</source>
        <translation>checked online</translation>
    </message>
    <message>
        <source>已承诺</source>
        <translation>promised</translation>
    </message>
    <message>
        <source>已拍照</source>
        <translation>photographed</translation>
    </message>
</context>
<context>
    <name>WithdrawModel</name>
    <message>
        <source>{department}不再看这一项，不会有结果</source>
        <translation>{department} stops looking at it; there will be no result</translation>
    </message>
    <message>
        <source>约好的 {when} 会取消，让给别人</source>
        <translation>Your appointment of {when} is cancelled and offered to others</translation>
    </message>
    <message>
        <source>交过的费用原路退回</source>
        <translation>What you paid goes back to the account it came from</translation>
    </message>
    <message>
        <source>一般 1 到 3 个工作日到账，交费收据同时作废</source>
        <translation>usually within 1 to 3 working days; your payment receipt is then void</translation>
    </message>
    <message>
        <source>以后还可以重新申请</source>
        <translation>You can apply again later</translation>
    </message>
    <message>
        <source>同一份申请里的其他事照常办</source>
        <translation>The rest of the application goes on</translation>
    </message>
</context>
<context>
    <name>WithdrawPage</name>
    <message>
        <source>要撤回“%1”吗？</source>
        <translation>Withdraw “%1”?</translation>
    </message>
    <message>
        <source>现在还没有撤回。撤回以后会这样：</source>
        <translation>Nothing has been withdrawn yet. This is what will happen:</translation>
    </message>
    <message>
        <source>确定撤回申请</source>
        <translation>Withdraw it</translation>
    </message>
    <message>
        <source>不撤回了</source>
        <translation>Keep it</translation>
    </message>
</context>
<context>
    <name>WordsInput</name>
    <message>
        <source>例如 %1</source>
        <translation>For example %1</translation>
    </message>
    <message>
        <source>已输入 %1 位，共 18 位</source>
        <translation>%1 of 18 characters</translation>
    </message>
    <message>
        <source>还可以输入 %1 个字</source>
        <translation>Room for %1 more characters</translation>
    </message>
</context>
<context>
    <name>WritingPanel</name>
    <message>
        <source>手写暂时不能用，请用拼音，或找工作人员</source>
        <translation>Handwriting does not work at the moment. Please type, or ask the staff</translation>
    </message>
</context>
<context>
    <name>YesNoInput</name>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
</context>
</TS>
