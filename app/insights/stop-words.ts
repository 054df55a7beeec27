/** Words that say nothing of what a text is about, by language; and those that every shop's customers say of everything. */

const WORDS: Readonly<Record<string, string>> = {
  en: `a about above after again against all also always am an and any are as at be because been before being below between both
    but by came can can't cannot come could couldn't did didn't do does doesn't doing don't done down during each even ever every
    few for from further get gets getting go goes going got had hadn't has hasn't have haven't having he her here hers herself him
    himself his how however i i'd i'll i'm i've if in into is isn't it it's its itself just know let like little lot made make many
    may me more most much must my myself need never no nor not now of off on once one only or other our ours out over own quite
    really same say see she should shouldn't since so some still such than that that's the their theirs them themselves then there
    there's these they they're this those though through to too two under until up upon us very want was wasn't way we we're well
    were weren't what when where which while who whom whose why will with without won't would wouldn't yet you you're your yours
    thank thanks please hello hi dear regards order ordered product products item items shop store bought buy`,
  de: `aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da dabei damit dann das dass
    dein deine dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer
    eines einfach einige er es etwas euch euer eure für ganz gegen gern gerne gibt gut habe haben hab hat hatte hatten hier hin
    hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem jeden jeder jedes jedoch jetzt kam kann
    kein keine keinem keinen keiner können könnte leider machen mal man manche mehr mein meine meinem meinen meiner mich mir mit muss
    müssen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seit sich sie sind so sogar sollte
    sondern sonst über um und uns unser unsere unter viel viele vom von vor war waren was weil weiter welche wenn wer werden wie
    wieder will wir wird wo wollen worden wurde wurden zu zum zur zwar zwischen danke hallo liebe grüße bitte bestellung bestellt
    produkt artikel gekauft`,
  fr: `ai alors après as au aucun aussi autre autres aux avait avant avec avez avoir avons bien bon bonne car ce cela ces cet cette
    ceux chaque chez comme comment c'est dans de des deux depuis donc dont du elle elles en encore entre est et étaient était être eu
    eux fait faire fois font ici il ils j'ai je jamais juste l'ai la là le les leur leurs lors lui ma mais malgré me même mes moi
    moins mon n'a n'ai n'est ne ni non nos notre nous on ont ou où par parce pas pendant peu peut plus pour pourquoi quand que quel
    quelle qu'il qu'on qui quoi rien sa sans se sera ses si son sont sous suis sur ta te tes toi ton toujours tous tout toute toutes
    très trop tu un une va vers voici voilà vos votre vous y à été merci bonjour svp cordialement commande commandé produit produits
    article acheté`,
  es: `a al algo algunos ante antes aquí así aún aunque bien buen bueno cada casi como con cual cuando de del desde donde dos e el él
    ella ellas ellos en entre era eran es esa ese eso esta está estaba están estar este esto estos fue fueron ha había han hasta hay
    he la las le les lo los más me mi mis mucho muchos muy nada ni no nos nosotros o os otra otro otros para pero poco por porque
    pues que qué quien se sea ser si sí sido siempre sin sobre solo sólo son soy su sus también tan tanto te tengo tiene tienen toda
    todas todo todos tu tus un una uno unos usted vez y ya yo gracias hola saludos favor pedido pedí producto productos artículo
    compré compra`,
  pt: `a ainda além algo alguns ao aos apenas após as até bem bom cada com como da das de dele demais depois do dos e é ela elas ele
    eles em entre era eram essa esse esta está estava este eu foi foram há isso isto já lá lhe mais mas me mesmo meu meus minha muito
    muitos na não nas nem no nos nós nossa nosso num numa o os ou outra outro para pela pelas pelo pelos pode por porque pouco pra
    quando que quem se sem sempre ser seu seus só sobre sua suas também tão te tem têm tenho ter toda todas todo todos tudo um uma
    umas uns vez você vocês obrigado obrigada olá pedido produto produtos comprei compra`,
  it: `a ad al alla alle anche ancora avere bene che chi ci come con cosa così da dal dalla dei del della delle di dopo dove due e è ed
    era fra gli ha hanno ho i il in io la le lei li lo loro ma me mi mia mio molto nei nel nella no noi non nostro o ogni per perché
    più poi poco qualche quando quello questa questo qui se sei senza si sia solo sono su sua sul sulla suo tra tutti tutto un una
    uno vi voi grazie ciao prodotto ordine`,
  nl: `aan al alle als altijd ander ben bij daar dan dat de der deze die dit doch doen door dus een en er ge geen had heb hebben heeft
    hem het hier hij hoe hun ik in is ja je kan kon maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat ons ook
    op over reeds te tegen toch toen tot u uit uw van veel voor want waren was wat we wel werd wezen wie wij wil worden zal ze zei
    zelf zich zij zijn zo zonder zou bedankt bestelling product`,
  ja: `の に は を た が で て と し れ さ ある いる も する から な こと として い や れる など なっ ない この ため その あっ よう また もの という
    あり まで られ なる へ か だ これ によって により おり より による ず なり られる において ば なかっ なく しかし について せ だっ その後 できる
    それ う ので なお のみ でき き つ における および いう さらに でも ら たり その他 に関する たち ます です まし ました ください ありがとう
    ございます とても 少し`,
};

const sets = new Map(
  Object.entries(WORDS).map(([language, words]) => [language, new Set(words.split(/\s+/).filter(Boolean))]),
);
const ALL = new Set([...sets.values()].flatMap((words) => [...words]));

/** @param language BCP 47; where nobody knows it, what says nothing in any of them says nothing */
export function isEmptyWord(word: string, language: string | null): boolean {
  const known = language === null ? undefined : sets.get(language.toLowerCase().split('-')[0]!);
  return (known ?? ALL).has(word);
}
