"""Words that stand alone, doubled or with figures around them in passwords everybody tries.

Only what matters for passwords of ten characters and more: shorter ones are refused anyway.
"""

_WORDS = """
password passwords passwort contrasena contrasenia contrasenya clave claves miclave
micontrasena micontrasenia tucontrasena nuevacontrasena contrasenanueva clavesecreta
passw0rd mypassword newpassword thepassword password1password secret secreto secreta
administrador administradora administrator admin adminadmin root superadmin usuario usuaria
user username invitado guest test testtest testing prueba pruebas probando demo ejemplo
example cambiame changeme changemenow letmein welcome bienvenido bienvenida bienvenidos
login ingresar ingreso entrar entrada acceso system sistema computer computadora internet
default temporal temporary trustno trustnoone whatever nothing nada todo

guatemala guatemalteco guatemalteca guate guatelinda chapin chapina quetzal xela antigua
peru peruano peruana perumipatria lima vivaelperu arribaperu mexico mexicano mexicana
vivamexico honduras elsalvador salvador nicaragua costarica puravida panama colombia
colombiano ecuador bolivia argentina chile paraguay uruguay venezuela republicadominicana
espana latinoamerica centroamerica america ciudaddeguatemala ciudaddemexico

municipalidad municipalidades municipal municipio municipios muni alcalde alcaldesa alcaldia
concejo regidor regidora concejal sindico gobierno gobiernolocal transparencia ayuntamiento
presupuesto secretaria tesoreria participacion diplomado instituto escuela universidad
estudiante docente maestro maestra profesor profesora cabildo aulamunicipal aula curso cursos

teamo teamomucho teamoamor tequiero tequieromucho teextrano amor amores amormio miamor
amorcito micorazon corazon mivida vida mifamilia familia mihijo mihija mishijos hijos mama
mamita papa papito mimama mipapa princesa principe reina bebe bebita hermosa preciosa bonita
linda lindo estrella estrellita mariposa angel angelito angeles cielo solysombra luna sol
diosesamor diosesbueno diosteama dios jesus jesucristo jesusteama cristo cristoteama
cristovive jehova jehovaesmipastor elsenoresmipastor virgendeguadalupe guadalupe maria
bendicion bendiciones esperanza felicidad feliz libertad amistad amigos amigas siempre
parasiempre tuyyo yosoyyo soyyo nosenose nose hola holahola holamundo holacomoestas adios

barcelona realmadrid barca messi ronaldo cristiano cristianoronaldo futbol pelota chivas
clubamerica alianzalima universitario comunicaciones municipalfc boca bocajuniors river
riverplate pumas cruzazul football soccer baseball basketball liverpool arsenal chelsea
manchester juventus

iloveyou iloveu iloveyousomuch loveyou lovely love lover princess sunshine monkey dragon
superman batman spiderman pokemon pikachu starwars naruto minecraft shadow master michael
jordan jennifer jessica daniel daniela andrea alejandro alejandra carlos fernando fernanda
gabriel gabriela cristina christian sebastian santiago roberto ricardo eduardo francisco
guillermo margarita elizabeth alexander alexandra victoria valentina estefania stephanie
charlie ashley nicole samantha chocolate chocolates butterfly babygirl blink182 computer1
football1 basketball1 metallica linkinpark samsung samsunggalaxy android iphone motorola
facebook google gmail hotmail whatsapp youtube tiktok instagram twitter windows microsoft
chevrolet toyota mercedes ferrari yamaha harley honda mustang corvette

abcabc abcdef abcd qwerty qwertyqwerty qwertyuiop qwer asdf asdfghjkl asdfasdf zxcvbnm
qazwsx qazwsxedc qazwsxedcrfv qwaszx zaqxsw aqswdefr qweasd qweasdzxc asdqwe azerty
azertyuiop aeiou aaaaa
qwe123qwe 123qweasd 123qweasdzxc 1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5
q1w2e3r4 1qaz2wsx 1qaz2wsx3edc zaq12wsx qwerty123456 abc123abc a1b2c3d4 a1b2c3d4e5
123abc123 abc123456 123456abc 123456789a 123456789q a123456789 0123456789a 1029384756
0192837465 5201314520 9876543210 1357924680 2468013579 147258369 123123123 789456123
7894561230 1472583690 741852963 159357258 159753456 987412365 1234554321 1122334455
12344321 112233445566 010203040506 102030405060 3141592653 31415926535 2718281828
"""
GUESSED = frozenset(_WORDS.split())
