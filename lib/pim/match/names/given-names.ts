/**
 * Given names that are known in Europe, so that two names that look alike can be told from one that is misspelt: Marina
 * and Martina are two names, Martnia is none.
 */
import { distance } from 'fastest-levenshtein';
import { spend } from '../../work/budget.ts';
import { soundOf, wordsOf } from './fold.ts';

let known: ReadonlySet<string> | undefined;
const names = (): ReadonlySet<string> => {
  known ??= new Set(LIST.split(/\s/).flatMap(wordsOf));
  return known;
};

export const isGivenName = (word: string): boolean => names().has(word);

/** Are two folded words different given names? Spellings of one name, as Stefan and Stephan, are not. */
export const areTwoNames = (a: string, b: string): boolean =>
  names().has(a) && names().has(b) && soundOf(a) !== soundOf(b);

/**
 * Is one of two folded words a given name, and the other that name misspelt? Not if it is as near to another name: Martna
 * may be Marta, Martina or Marina.
 */
export function isMisspelt(a: string, b: string): boolean {
  const [name, word] = names().has(a) ? [a, b] : [b, a];
  if (!names().has(name) || names().has(word)) return false;
  const slips = slipsBetween(name, word);
  if (slips > mostSlips(name)) return false;
  spend(names().size / 10);
  for (const other of names())
    if (isWithin(other, word, slips) && soundOf(other) !== soundOf(name)) return false;
  return true;
}

const mostSlips = (name: string): number => (name.length < 5 ? 1 : 2);

const isWithin = (a: string, b: string, most: number): boolean =>
  Math.abs(a.length - b.length) <= most && slipsBetween(a, b) <= most;

/** The least number of letters that are added, missing or different; two neighbours that are swapped count as one. */
export function slipsBetween(a: string, b: string): number {
  if (a === b) return 0;
  if (Math.max(a.length, b.length) > LONGEST) return LONGEST;
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

const LIST = `aaron abby abel abigail abraham adam adela adele adelheid adeline adolf adrian adriana adriane adrien adrienne agata
agatha agnes agneta agnieszka ahmad ahmed ahmet aida aidan aiden aileen aimee aisha alain alan alana alba albert
alberta alberto albin albrecht alejandra alejandro aleksandar aleksander aleksandra aleksandrs alena alessandra
alessandro alessia alessio alex alexa alexander alexandra alexandre alexandria alexandru alexei alexia alexis alfons
alfonso alfred alfredo ali alice alicia alina aline alisa alisha alison alissa alistair allan allen allison alma
alois alva alvaro alvin alwin alyssa amalia amalie amanda amber amelia amelie amin amina amir amy ana anabel anais
anastasia anders andre andrea andreas andree andreea andrei andrej andres andrew andries andrzej andy anelia anette
angel angela angelica angelika angelina angelo angie angus anika anina anisa anita anja anka anke ann anna annabel
annabelle annalena anne anneke anneliese annemarie annette annie annika annina anouk ansgar anthony anton antonella
antonia antonin antonina antonio antony april ariana ariane arianna ariel arlene armand armin arnaud arndt arne arno
arnold aron arthur artur arturo arvid asha ashleigh ashley ashton asmus asta astrid athena aubrey audrey august
auguste augustin aurelia aurelie aurora austin ava avery axel ayla ayleen ayse babette balthasar barbara barbora
barnaby barry bart bartholomew bartosz basil bastian beata beate beatrice beatrix beatriz beau becky bela belinda
bella ben benedetta benedict benedikt benita benjamin benjamine bennet bennett benno benny benoit bent bente berit
bernadette bernard bernardo bernd bernhard bert berta bertha berthold bertram bertrand bess beth bethan bethany
betty beverley bianca bianka bilal bill billie billy birgit birgitta birgitte birte bjarne bjoern bjork blake blanca
blanka bodo bogdan boris borja bozena brad bradley brady branko brayden brenda brendan brenton bret brett brian
briana brianna bridget bridie brigitte britta brittany brodie bronwyn brooke brooklyn bruce bruna bruno bryan bryce
bryony burkhard byron caitlin caitlyn caleb callum calum calvin cameron camila camilla camille candice cara carina
carl carla carlo carlos carlota carly carmen carmine carol carola carole carolin carolina caroline carolyn carrie
carsten casey caspar casper cassandra cassidy catalina caterina catherine cathleen cathrin cathy cecile cecilia
cedric celia celina celine cemal chantal charity charlene charles charley charlie charlotte chase chelsea cherie
cheryl chiara chloe chris christa christel christian christiana christiane christin christina christine christof
christoph christophe christopher christos cindy claas claire clara clare clarissa claude claudette claudia claudine
claudio claus clea clemens clement clementine clive clodagh cody colette colin colleen connor conny conor conrad
constance constantin constanze cooper cora coralie cordula corey corina corinna corinne cornelia cornelis cornelius
cosima courtney craig cristian cristiana cristina cristobal crystal curtis cynthia cyril czeslaw dagmar daisy dakota
dale dalia damian damien damon dan dana daniel daniela daniele daniella danielle danilo danny dante daphne daria
dario darius dariusz darko darrell darren daryl dave david davide davina dawid dawn dean deanna debbie deborah debra
declan deirdre delia delphine denis denise dennis derek derrick derya desiree desmond detlef detlev devin devon
diana diane dianne didier diego dieter dietmar dietrich dilara dimitri dimitris dina dino dirk dmitri doerte dolores
dominic dominik dominika dominique don donald donna dora doreen dorian doris dorit dorota dorothea dorothee dorothy
dorte doug douglas dragan drew duncan dusan dustin dylan earl eberhard ecaterina eckhard ed eddie eden edgar edina
edith edmond edmund edna edoardo eduard eduardo edvard edward edwin efe egon eileen eilidh ekaterina ekkehard elaine
eleanor elena eleni eleonora eleonore elfriede eli elia elian eliana elias elif elijah elin elina eline elisa
elisabeta elisabeth elisabetta elise elissa eliza elizabeth elke ella ellen ellie elliot elliott elmar elodie eloise
els elsa elsbeth else elsie elvira elwin elyse emanuel emanuela emelie emil emile emilia emilie emilio emily emir
emma emmanuel emmanuelle emmett emre endre engelbert enno enrico enrique enya enzo eoin eric erica erich erik erika
erin erna ernest ernesto ernst erwin esme esmeralda esra esteban estelle ester esther estrella ethan eugen eugene
eugenia eugenie eugenio eva evan evangeline eve evelin evelina evelyn evelyne evert ewa ewald ewan ezra fabian
fabien fabienne fabio fabiola fabrice fabrizio faith falk fanny farah farid fatih fatima fatma faye federica
federico felicia felicitas felicity felipe felix femke ferdinand fergus fernanda fernando filip filipe filippa
filippo finja finlay finley finn finnja fiona fiorella flavia flavio fleur flora florence florentina florentine
florian floriana floris flynn frances francesca francesco francine francis francisca francisco franciszek franco
francois francoise frank frankie franz franziska fraser fred freda freddie frederic frederica frederick frederik
frederike fredrik freja freya frida frieda friedel friedemann friederike friedhelm friedrich fritz fynn gabriel
gabriela gabriele gabriella gabrielle gael gareth garry gary gavin gemma gene genevieve geoff geoffrey georg george
georges georgia georgie georgina georgios gerald geraldine gerard gerardo gerd gerda gergely gerhard gerlinde gernot
gero gert gertrud gertrude gesa gesine giacomo gian gianluca gianna gianni gideon gil gilbert gilberto gilda giles
gilles gillian gina gino giorgia giorgio giovanna giovanni gisela giselle gitta gitte giulia giuliana giuliano
giulio giuseppe giuseppina gladys glen glenn gloria goeran goesta goetz gordon grace gracie graeme graham grant greg
gregor gregory greta gretchen grete gretel grzegorz guenter guenther guido guillaume guillermo gunda gunilla gunnar
gustav gustavo guy gwen gwendolyn gwyneth hakan hakon halina hamish hamza hana hanka hanna hannah hanne hannelore
hannes hanno hans hansjoerg hanspeter harald haris harley harold harper harriet harrison harro harry hartmut hartwig
harvey hasan hassan hauke hayden hayley hazel heather hector hedda hedwig heide heidemarie heidi heidrun heike heiko
heiner heino heinrich heinz helen helena helene helga helge hella hellmut helma helmut helmuth hendrik hendrike henk
henning henri henrietta henriette henrik henrike henry herbert heribert herma herman hermann hermine hilal hilary
hilda hilde hildegard hilke hinrich holger holly horst hortense howard hubert hubertus hugh hugo humphrey hunter
huseyin iain ian ibrahim ida ignacio ignaz igor ike ilaria ilka ilona ilse imke immanuel imogen ina ines inga inge
ingeborg ingmar ingo ingrid inka inken insa ioan ioana ioanna ionut ira irena irene irina iris irma irmgard isa
isaac isabel isabell isabella isabelle isaiah isak isidor isla ismael ismail isolde israel istvan ivan ivana ivo
ivonne ivy iwona izabela jack jackie jackson jacob jacopo jacqueline jacques jacub jada jade jaden jai jaime jake
jakob jakub james jamie jan jana jane janek janet janette janice janika janina janine janis janna janne jannek
jannes janni jannick jannik jannika jannis janos janosch jaqueline jared jarek jaroslav jaroslaw jasmin jasmina
jasmine jason jasper javier jay jayda jayde jayden jean jeanette jeanne jeannette jeannine jeff jeffrey jelena
jemima jemma jenna jennifer jenny jens jeremiah jeremy jerome jerry jerzy jesper jess jesse jessica jessie jessika
jesus jette jill jim jimena jimmy jo joachim joan joana joanna joanne joao joaquin jocelyn jochen jodie joe joel
joelle joerg joern johan johann johanna johannes john johnny jon jona jonah jonas jonathan joni jonna jonny joost
jordan jordi jorge joris jorn josef josefa josefin josefina josefine joseph josephine josh joshua josie josip jost
joy joyce juan juana juanita judith judy juergen jule jules julia julian juliana juliane julie julien julienne
juliet juliette julija julika julio julius june jurek juri jurij justin justina justine justus jutta kai kaia
kaitlin kaitlyn kaja kamil kamila kara karel karen karim karin karina karl karla karlheinz karlo karol karola
karolin karolina karoline karsten kasimir kaspar kasper kata katarina katarzyna kate katerina katharina katharine
katherine kathleen kathrin kathrine kathryn kathy katia katie katinka katja katrin katrina kay kaya kayla kayleigh
keiran keith kelly kelsey kemal ken kenan kenneth kenny kerem kerry kerstin kevin kian kiara kiera kieran kilian kim
kimberley kimberly kira kiran kirill kirk kirsten kirstin kirsty kitty kjell klaas klara klaudia klaus klemens knud
knut konrad konstantin konstantina konstantinos konstanze kora korbinian kornelia kris krista kristian kristin
kristina kristine kristof kristoffer krystyna krzysztof kuno kurt kyla kyle kylie kyra lachlan ladislav laetitia
laila lana lance lara larissa larry lars lasse laszlo laura laure lauren laurence laurens laurent laurenz laurin
laurine lauritz lavinia lawrence lea leah leander leandra leandro leanne lee leif leila leland lena leni lenja lenka
lenn lenna lennard lennart lenny lenz leo leon leona leonard leonardo leonhard leoni leonie leonor leonora leonore
leopold leroy lesley leslie leszek letizia levi levin levke lewis lexi lia liam liana lidia liesbeth liesel
lieselotte lilia lilian liliana liliane lilith lilja lilli lillian lilly lily lina linda linde lindsay lindsey line
linn linnea linus lioba lion lionel lisa lisbeth lise liselotte lissy liv livia liz lloyd lobke logan lois lola lore
loredana lorelei lorena lorenz lorenza lorenzo loretta lorna lorraine lothar lotta lotte lottie lou loui louis
louisa louise luan luana lubomir luc luca lucas lucia lucian luciana luciano lucie lucien lucienne lucile lucinda
lucy ludger ludmila ludovic ludwig luigi luis luisa luise luka lukas lukasz luke luna lutz lydia lynda lynette lynn
lynne mabel maciej mackenzie maddison madeleine madeline madison mads mae magali magda magdalena maggie magnus
mahmoud mai maia maik maike maira maisie maja malcolm malea malek malena malgorzata malia malik malin malina malinda
malte malwina mandy manfred manja manon manuel manuela mara marc marcel marcela marcella marcelle marcello marcelo
marcin marco marcos marcus marek maren margaret margareta margarete margaretha margarita margit margot margret
margrit marguerite maria mariam marian mariana marianna marianne mariano marie marieke mariella marielle marija
marika marike marilena marilyn marin marina marine marinus mario marion marisa mariska marissa marita marius mariusz
marjorie mark marketa marko markus marla marlen marlena marlene marley marlies marlin marlis marlon marlow marsha
marta marten martha marthe martin martina martine martyn marvin mary marzena mason massimo matej mateo mateusz
mathias mathieu mathilda mathilde mathis matias matilda matilde matt matteo matthaeus matthew matthias matthieu
matthis matti mattis maud maureen maurice mauricio maurits mauritz mauro max maxim maxime maximilian maximiliane
maxine maxwell maya mechthild meg megan mehmet meike meinhard melanie melina melinda melisa melissa melody melvin
mercedes meredith merle merlin mert meryem meta mette mia micaela michael michaela michal michala michel michela
michele michelle mieke miguel mihaela mihai mihail mika mikael mikaela mike mikel mikkel mikolaj mila milan milana
milena miles milla millie milo milos milosz mina mira miranda mirco mireille mirela mirella miriam mirja mirjam
mirjana mirko miroslav miroslaw mischa mitchell moana mohamed mohammad mohammed molly mona monica monika monique
morgan moritz morten moses muhammad munir murat muriel mustafa myles myra myriam myrna nada nadia nadin nadine nadja
naemi nahla naima nala nancy nanette naomi nat natalia natalie nataly natascha natasha nathalie nathan nathanael
nathaniel neal ned neil nele nelly nelson nena nepomuk nesrin nia niall nick nicklas nicky nico nicola nicolai
nicolas nicole nicoletta nicolette nicolo niels nigel nik nika nikita niklas niko nikola nikolai nikolas nikolaus
nikole nikolina nils nina nino nisa noa noah noam noel noelia noelle noemi noemie nola nora norbert noreen norina
norma norman nuno nuria nurten octavia odette odile olaf ole oleg olena olga olimpia olive oliver olivia olivier
ollie omar omer ondrej oona orlando orsolya ortrud ortwin oscar oskar osman osvaldo oswald oswin otis otmar ottilie
ottmar otto owen pablo paige pamela paola paolo paris pascal pascale pascual pasquale patric patrice patricia
patricio patrick patrik patrizia patryk paul paula paulina pauline paulo pavel pavlina pawel payton pedro peer peggy
penelope penny per percy perdita perry peter petr petra petros petrus phil philine philip philipp philippa philippe
philippine phillip phoebe phoenix phyllis pia pierre pierrick piet pieter pietro pilar pinar piotr pippa polly poppy
preston priscilla przemyslaw quentin quinn quirin rachael rachel radek radka radoslaw rafael rafaela rafal raffael
raffaela raffaele raffaella rahel raimund rainer rainhard ralf ralph ramon ramona randall randy raphael raphaela
raquel ray raymond rebecca rebekah rebekka reece reed reena regina reginald regine regula reiner reinhard reinhild
reinhold rella remo remy rena renata renate renato rene renee reto reuben rex rhea rhett rhiannon rhonda rhys ria
ricarda riccarda riccardo richard rick rickard ricky rico rik rike riley rita roald rob robbie robby robert roberta
roberto robin robyn rocco rocio roderick rodney rodrigo roger roland rolanda rolando rolf roma romain roman romana
romeo romina romy ron ronald ronan ronja ronny rory rosa rosalba rosalie rosalind rosalinda rosamund rosanna rosanne
rose roseanne roselyn rosemarie rosemary rosi rosie rosina rositta ross rowan rowena roxana roxane roxanne roy ruben
ruby rudi rudolf rudolph ruediger rufus rupert rupprecht russell ruth ryan ryder sabina sabine sabrina sacha sadie
sahra said salim sally salome salvatore sam samantha sami samir samira sammy samuel samuele sandra sandrine sandro
sanja sanna sanne santiago santino sara sarah sarina sascha sasha saskia saul savannah scarlett scott sean sebastian
sebastiano sebastien sefa selena selim selin selina selma sepp serafina serena serge sergej sergio seth severin
severine shane shania shannon sharon shaun shauna shawn sheila shelley sherri shirley sibel sibylle sidney sidonie
siegbert siegfried sieglinde siegmund siegrid siena sienna sigmund sigrid sigrun silas silja silke silva silvan
silvana silvano silvester silvia silvie silvio simeon simon simona simonas simone sina sinead sinja siobhan sissy
sixten skye slavica slavko slawomir smilla soenke soeren sofia sofie sol solange soledad solveig sonia sonja sonya
sophia sophie soraya spencer stacey stacy stan stanislav stanislaw stanley stefan stefania stefanie stefano steffen
stella sten stephan stephane stephanie stephen sterling steve steven stewart stig stijn stina stine stuart sue
suleyman summer sunniva susan susana susanna susanne suse susi suzan suzanna suzanne suzette svea sven svenja
svetlana swantje sybil sybille sydney sylvain sylvana sylvester sylvia sylvie szymon tabea tabitha tahlia talia
tamara tamas tami tamina tamsin tania tanisha tanja tanya tara tarek tariq tasha tate tatiana tatjana tatum taylor
ted teo teodor terence teresa tereza terry tess tessa thaddeus thalia thea theda theo theodor theodora theodore
theresa therese theresia thibault thies thilo thomas thorben thore thorsten thorwald tia tiago tiana tibor tiffany
tilda till tilman tilmann tilo tim timo timon timothy tina tizian tjark tobias toby todd tom tomas tomasz tommaso
tommy toni tony torben tore torge torsten tracey tracy travis trent trevor tricia trina trine trisha tristan troy
trudy tuna tyler tyra tyrone tyson udo ugo ulf uli ulla ulrich ulrik ulrika ulrike umberto una urs ursel ursula urte
uschi uta ute utz uwe vadim valentin valentina valentine valentino valeria valerie valerio valery vanessa vanja
vasco vasile veit vera verena verity verna vernon veronica veronika veronique vicky victor victoria viktor viktoria
vince vincent vincenzo viola violet violeta violetta virgil virginia virginie vitali vito vitoria vittoria vittorio
vivian viviana viviane vivien vivienne vlad vladimir vladislav volker volkmar wade waldemar walid wallace walter
waltraud wanda warren wayne wendelin wendy wenke wenzel werner wesley whitney wiebke wilbert wilfred wilfried
wilhelm wilhelmina wilhelmine will willem willi william willow willy wilma wilmar wilson winfried winona winston
wladimir wojciech wolf wolfgang wolfram wouter xaver xavier xenia ximena yael yanik yanina yann yannick yannik
yannis yara yasemin yasin yasmin yasmina yasmine yolanda yolande yorick york yosef yunus yusuf yves yvette yvon
yvonne zach zachary zahra zara zdenek zeynep zita zoe zoey zofia zoltan zora zsofia zuzana zuzanna zygmunt`;
