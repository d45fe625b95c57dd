/**
 * Given names that are known in Europe, so that two names that look alike can be told from one that is misspelt: Marina
 * and Martina are two names, Martnia is none.
 */
import { distance } from 'fastest-levenshtein';
import { spend } from '../../work/budget.ts';
import { soundOf, wordsOf } from './fold.ts';

let known: ReadonlySet<string> | undefined;
const namesIn = (group: string): string[] => {
  const [beginning = '', ...ends] = group.split(/\s/);
  return ends.flatMap((end) => wordsOf(end === '.' ? beginning : beginning + end));
};
const names = (): ReadonlySet<string> => {
  known ??= new Set(LIST.split('/').flatMap(namesIn));
  return known;
};

export const isGivenName = (word: string): boolean => names().has(word);

/** Are two folded words different given names? Spellings of one name, as Stefan and Stephan, are not. */
export const areTwoNames = (a: string, b: string): boolean =>
  names().has(a) && names().has(b) && soundOf(a) !== soundOf(b);

/**
 * Is one of two folded words a given name, and the other that name misspelt? Not if it is about as near to another name:
 * Martna may be Marta, Martina or Marina.
 */
export function isMisspelt(a: string, b: string): boolean {
  const [name, word] = names().has(a) ? [a, b] : [b, a];
  if (!names().has(name) || names().has(word)) return false;
  const slips = slipsBetween(name, word);
  if (slips > mostSlips(name)) return false;
  spend(names().size / 10);
  // Of a word of three letters, or one with two slips, a name may be meant that is a slip farther away.
  const near = slips === 1 && word.length > 3 && name.length > 3 ? 1 : slips + 1;
  for (const other of names())
    if (haveFewSlips(other, word, near) && soundOf(other) !== soundOf(name)) return false;
  return true;
}

const mostSlips = (name: string): number => (name.length < 5 ? 1 : 2);

/** Are two words the same but for so many slips at most? */
export const haveFewSlips = (a: string, b: string, most: number): boolean =>
  Math.abs(a.length - b.length) <= most && slipsBetween(a, b) <= most;

/**
 * The least number of letters that are added, missing or different; two neighbours that are swapped count as one. Infinite
 * for two long words that differ at all.
 */
export function slipsBetween(a: string, b: string): number {
  if (a === b) return 0;
  if (Math.max(a.length, b.length) > LONGEST) return Number.POSITIVE_INFINITY;
  return areSwapped(a, b) ? 1 : distance(a, b);
}
/** Longer words are not compared, because the time grows with the square of the length. */
const LONGEST = 60;

/** Do two words differ only by two neighbouring letters that are swapped? */
export function areSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, n) => letter !== b.charAt(n));
  return a.slice(0, at) + a.charAt(at + 1) + a.charAt(at) + a.slice(at + 2) === b;
}

/** Between the strokes: the beginning of names, and how they go on; a full stop stands for no more letters. */
const LIST = `aa ron/ab by el igail raham/ad am ela ele elheid eline olf rian riana riane rien rienne/ag ata atha nes neta
nieszka/ah mad med met/ai da dan den leen mee sha/al ain an ana ba bert berta berto bin brecht ejandra ejandro
eksandar eksander eksandra eksandrs ena essandra essandro essia essio ex exa exander exandra exandre exandria exandru
exei exia exis fons fonso fred fredo i ice icia ina ine isa isha ison issa istair lan len lison ma ois va varo vin win
yssa/am alia alie anda ber elia elie in ina ir y/an a abel ais astasia ders dre drea dreas dree dreea drei drej dres
drew dries drzej dy elia ette gel gela gelica gelika gelina gelo gie gus ika ina isa ita ja ka ke n na nabel nabelle
nalena ne neke neliese nemarie nette nie nika nina ouk sgar thony ton tonella tonia tonin tonina tonio tony/ap ril/ar
iana iane ianna iel lene mand min naud ndt ne no nold on thur tur turo vid/as ha hleigh hley hton mus ta trid/at
hena/au brey drey gust guste gustin relia relie rora stin/av a ery/ax el/ay la leen se/ba bette lthasar rbara rbora
rnaby rry rt rtholomew rtosz sil stian/be ata ate atrice atrix atriz au cky la linda lla n nedetta nedict nedikt nita
njamin njamine nnet nnett nno nny noit nt nte rit rnadette rnard rnardo rnd rnhard rt rta rtha rthold rtram rtrand ss
th than thany tty verley/bi anca anka lal ll llie lly rgit rgitta rgitte rte/bj arne oern ork/bl ake anca anka/bo do
gdan ris rja zena/br ad adley ady anko ayden enda endan enton et ett ian iana ianna idget idie igitte itta ittany odie
onwyn ooke ooklyn uce una uno yan yce yony/bu rkhard/by ron/ca itlin itlyn leb llum lum lvin meron mila milla mille
ndice ra rina rl rla rlo rlos rlota rly rmen rmine rol rola role rolin rolina roline rolyn rrie rsten sey spar sper
ssandra ssidy talina terina therine thleen thrin thy/ce cile cilia dric lia lina line mal/ch antal arity arlene arles
arley arlie arlotte ase elsea erie eryl iara loe ris rista ristel ristian ristiana ristiane ristin ristina ristine
ristof ristoph ristophe ristopher ristos/ci ndy/cl aas aire ara are arissa aude audette audia audine audio aus ea
emens ement ementine ive odagh/co dy lette lin lleen nnor nny nor nrad nstance nstantin nstanze oper ra ralie rdula
rey rina rinna rinne rnelia rnelis rnelius sima urtney/cr aig istian istiana istina istobal ystal/cu rtis/cy nthia
ril/cz eslaw/da gmar isy kota le lia mian mien mon n na niel niela niele niella nielle nilo nny nte phne ria rio rius
riusz rko rrell rren ryl ve vid vide vina wid wn/de an anna bbie borah bra clan irdre lia lphine nis nise nnis rek
rrick rya siree smond tlef tlev vin von/di ana ane anne dier ego eter etmar etrich lara mitri mitris na no rk/dm
itri/do erte lores minic minik minika minique n nald nna ra reen rian ris rit rota rothea rothee rothy rte ug uglas/dr
agan ew/du ncan san stin/dy lan/ea rl/eb erhard/ec aterina khard/ed . die en gar ina ith mond mund na oardo uard uardo
vard ward win/ef e/eg on/ei leen lidh/ek aterina kehard/el aine eanor ena eni eonora eonore friede i ia ian iana ias
if ijah in ina ine isa isabeta isabeth isabetta ise issa iza izabeth ke la len lie liot liott mar odie oise s sa sbeth
se sie vira win yse/em anuel anuela elie il ile ilia ilie ilio ily ir ma manuel manuelle mett re/en dre gelbert no
rico rique ya zo/eo in/er ic ica ich ik ika in na nest nesto nst win/es me meralda ra teban telle ter ther trella/et
han/eu gen gene genia genie genio/ev a an angeline e elin elina elyn elyne ert/ew a ald an/ez ra/fa bian bien bienne
bio biola brice brizio ith lk nny rah rid tih tima tma ye/fe derica derico licia licitas licity lipe lix mke rdinand
rgus rnanda rnando/fi lip lipe lippa lippo nja nlay nley nn nnja ona orella/fl avia avio eur ora orence orentina
orentine orian oriana oris ynn/fr ances ancesca ancesco ancine ancis ancisca ancisco anciszek anco ancois ancoise ank
ankie anz anziska aser ed eda eddie ederic ederica ederick ederik ederike edrik eja eya ida ieda iedel iedemann
iederike iedhelm iedrich itz/fy nn/ga briel briela briele briella brielle el reth rry ry vin/ge mma ne nevieve off
offrey org orge orges orgia orgie orgina orgios rald raldine rard rardo rd rda rgely rhard rlinde rnot ro rt rtrud
rtrude sa sine/gi acomo an anluca anna anni deon l lbert lberto lda les lles llian na no orgia orgio ovanna ovanni
sela selle tta tte ulia uliana uliano ulio useppe useppina/gl adys en enn oria/go eran esta etz rdon/gr ace acie aeme
aham ant eg egor egory eta etchen ete etel zegorz/gu enter enther ido illaume illermo nda nilla nnar stav stavo y/gw
en endolyn yneth/ha kan kon lina mish mza na nka nna nnah nne nnelore nnes nno ns nsjoerg nspeter rald ris rley rold
rper rriet rrison rro rry rtmut rtwig rvey san ssan uke yden yley zel/he ather ctor dda dwig ide idemarie idi idrun
ike iko iner ino inrich inz len lena lene lga lge lla llmut lma lmut lmuth ndrik ndrike nk nning nri nrietta nriette
nrik nrike nry rbert ribert rma rman rmann rmine/hi lal lary lda lde ldegard lke nrich/ho lger lly rst rtense ward/hu
bert bertus gh go mphrey nter seyin/ia in n/ib rahim/id a/ig nacio naz or/ik e/il aria ka ona se/im ke manuel ogen/in
a es ga ge geborg gmar go grid ka ken sa/io an ana anna nut/ir a ena ene ina is ma mgard/is a aac abel abell abella
abelle aiah ak idor la mael mail olde rael tvan/iv an ana o onne y/iw ona/iz abela/ja ck ckie ckson cob copo cqueline
cques cub da de den i ime ke kob kub mes mie n na ne nek net nette nice nika nina nine nis nna nne nnek nnes nni nnick
nnik nnika nnis nos nosch queline red rek roslav roslaw smin smina smine son sper vier y yda yde yden/je an anette
anne annette annine ff ffrey lena mima mma nna nnifer nny ns remiah remy rome rry rzy sper ss sse ssica ssie ssika sus
tte/ji ll m mena mmy/jo . achim an ana anna anne ao aquin celyn chen die e el elle erg ern han hann hanna hannes hn
hnny n na nah nas nathan ni nna nny ost rdan rdi rge ris rn sef sefa sefin sefina sefine seph sephine sh shua sie sip
st y yce/ju an ana anita dith dy ergen le les lia lian liana liane lie lien lienne liet liette lija lika lio lius ne
rek ri rij stin stina stine stus tta/ka i ia itlin itlyn ja mil mila ra rel ren rim rin rina rl rla rlheinz rlo rol
rola rolin rolina roline rsten simir spar sper ta tarina tarzyna te terina tharina tharine therine thleen thrin thrine
thryn thy tia tie tinka tja trin trina y ya yla yleigh/ke iran ith lly lsey mal n nan nneth nny rem rry rstin vin/ki
an ara era eran lian m mberley mberly ra ran rill rk rsten rstin rsty tty/kj ell/kl aas ara audia aus emens/kn ud
ut/ko nrad nstantin nstantina nstantinos nstanze ra rbinian rnelia/kr is ista istian istin istina istine istof
istoffer ystyna zysztof/ku no rt/ky la le lie ra/la chlan dislav etitia ila na nce ra rissa rry rs sse szlo ura ure
uren urence urens urent urenz urin urine uritz vinia wrence/le a ah ander andra andro anne e if ila land na ni nja nka
nn nna nnard nnart nny nz o on ona onard onardo onhard oni onie onor onora onore opold roy sley slie szek tizia vi vin
vke wis xi/li a am ana dia esbeth esel eselotte lia lian liana liane lith lja lli llian lly ly na nda nde ndsay ndsey
ne nn nnea nus oba on onel sa sbeth se selotte ssy v via z/ll oyd/lo bke gan is la re redana relei rena renz renza
renzo retta rna rraine thar tta tte ttie u ui uis uisa uise/lu an ana bomir c ca cas cia cian ciana ciano cie cien
cienne cile cinda cy dger dmila dovic dwig igi is isa ise ka kas kasz ke na tz/ly dia nda nette nn nne/ma bel ciej
ckenzie ddison deleine deline dison ds e gali gda gdalena ggie gnus hmoud i ia ik ike ira isie ja lcolm lea lek lena
lgorzata lia lik lin lina linda lte lwina ndy nfred nja non nuel nuela ra rc rcel rcela rcella rcelle rcello rcelo
rcin rco rcos rcus rek ren rgaret rgareta rgarete rgaretha rgarita rgit rgot rgret rgrit rguerite ria riam rian riana
rianna rianne riano rie rieke riella rielle rija rika rike rilena rilyn rin rina rine rinus rio rion risa riska rissa
rita rius riusz rjorie rk rketa rko rkus rla rlen rlena rlene rley rlies rlin rlis rlon rlow rsha rta rten rtha rthe
rtin rtina rtine rtyn rvin ry rzena son ssimo tej teo teusz thias thieu thilda thilde this tias tilda tilde tt tteo
tthaeus tthew tthias tthieu tthis tti ttis ud ureen urice uricio urits uritz uro x xim xime ximilian ximiliane xine
xwell ya/me chthild g gan hmet ike inhard lanie lina linda lisa lissa lody lvin rcedes redith rle rlin rt ryem ta
tte/mi a caela chael chaela chal chala chel chela chele chelle eke guel haela hai hail ka kael kaela ke kel kkel kolaj
la lan lana lena les lla llie lo los losz na ra randa rco reille rela rella riam rja rjam rjana rko roslav roslaw scha
tchell/mo ana hamed hammad hammed lly na nica nika nique rgan ritz rten ses/mu hammad nir rat riel stafa/my les ra
riam rna/na da dia din dine dja emi hla ima la ncy nette omi t talia talie taly tascha tasha thalie than thanael
thaniel/ne al d il le lly lson na pomuk srin/ni a all ck cklas cky co cola colai colas cole coletta colette colo els
gel k ka kita klas ko kola kolai kolas kolaus kole kolina ls na no sa/no a ah am el elia elle emi emie la ra rbert
reen rina rma rman/nu no ria rten/oc tavia/od ette ile/ol af e eg ena ga impia ive iver ivia ivier lie/om ar er/on
drej/oo na/or lando solya trud twin/os car kar man valdo wald win/ot is mar tilie tmar to/ow en/pa blo ige mela ola
olo ris scal scale scual squale tric trice tricia tricio trick trik trizia tryk ul ula ulina uline ulo vel vlina wel
yton/pe dro er ggy nelope nny r rcy rdita rry ter tr tra tros trus/ph il iline ilip ilipp ilippa ilippe ilippine illip
oebe oenix yllis/pi a erre errick et eter etro lar nar otr ppa/po lly ppy/pr eston iscilla zemyslaw/qu entin inn
irin/ra chael chel dek dka doslaw fael faela fal ffael ffaela ffaele ffaella hel imund iner inhard lf lph mon mona
ndall ndy phael phaela quel y ymond/re becca bekah bekka ece ed ena gina ginald gine gula iner inhard inhild inhold
lla mo my na nata nate nato ne nee to uben x/rh ea ett iannon onda ys/ri a carda ccarda ccardo chard ck ckard cky co k
ke ley ta/ro ald b bbie bby bert berta berto bin byn cco cio derick dney drigo ger land landa lando lf ma main man
mana meo mina my n nald nan nja nny ry sa salba salie salind salinda samund sanna sanne se seanne selyn semarie semary
si sie sina sitta ss wan wena xana xane xanne y/ru ben by di dolf dolph ediger fus pert pprecht ssell th/ry an der/sa
bina bine brina cha die hra id lim lly lome lvatore m mantha mi mir mira mmy muel muele ndra ndrine ndro nja nna nne
ntiago ntino ra rah rina scha sha skia ul vannah/sc arlett ott/se an bastian bastiano bastien fa lena lim lin lina lma
pp rafina rena rge rgej rgio th verin verine/sh ane ania annon aron aun auna awn eila elley erri irley/si bel bylle
dney donie egbert egfried eglinde egmund egrid ena enna gmund grid grun las lja lke lva lvan lvana lvano lvester lvia
lvie lvio meon mon mona monas mone na nead nja obhan ssy xten/sk ye/sl avica avko awomir/sm illa/so enke eren fia fie
l lange ledad lveig nia nja nya phia phie raya/sp encer/st acey acy an anislav anislaw anley efan efania efanie efano
effen ella en ephan ephane ephanie ephen erling eve even ewart ig ijn ina ine uart/su e leyman mmer nniva san sana
sanna sanne se si zan zanna zanne zette/sv ea en enja etlana/sw antje/sy bil bille dney lvain lvana lvester lvia
lvie/sz ymon/ta bea bitha hlia lia mara mas mi mina msin nia nisha nja nya ra rek riq sha te tiana tjana tum ylor/te d
o odor rence resa reza rry ss ssa/th addeus alia ea eda eo eodor eodora eodore eresa erese eresia ibault ies ilo omas
orben ore orsten orwald/ti a ago ana bor ffany lda ll lman lmann lo m mo mon mothy na zian/tj ark/to bias by dd m mas
masz mmaso mmy ni ny rben re rge rsten/tr acey acy avis ent evor icia ina ine isha istan oy udy/tu na/ty ler ra rone
son/ud o/ug o/ul f i la rich rik rika rike/um berto/un a/ur s sel sula te/us chi/ut a e z/uw e/va dim lentin lentina
lentine lentino leria lerie lerio lery nessa nja sco sile/ve it ra rena rity rna rnon ronica ronika ronique/vi cky
ctor ctoria ktor ktoria nce ncent ncenzo ola olet oleta oletta rgil rginia rginie tali to toria ttoria ttorio vian
viana viane vien vienne/vl ad adimir adislav/vo lker lkmar/wa de ldemar lid llace lter ltraud nda rren yne/we ndelin
ndy nke nzel rner sley/wh itney/wi ebke lbert lfred lfried lhelm lhelmina lhelmine ll llem lli lliam llow lly lma lmar
lson nfried nona nston/wl adimir/wo jciech lf lfgang lfram uter/xa ver vier/xe nia/xi mena/ya el nik nina nn nnick
nnik nnis ra semin sin smin smina smine/yo landa lande rick rk sef/yu nus suf/yv es ette on onne/za ch chary hra ra/zd
enek/ze ynep/zi ta/zo e ey fia ltan ra/zs ofia/zu zana zanna/zy gmunt`;
