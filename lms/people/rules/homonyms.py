"""Municipalities and districts of the same name in several departments: which one is always said.

Guatemala and Peru are complete by the names that their statistical offices use; of Mexico the
best known. A name that is not here is taken for the only one.
"""

from lms.foundation.kernel.text import fold

_GT = """
La Democracia: Escuintla, Huehuetenango
La Libertad: Huehuetenango, Petén
San José: Escuintla, Petén
San Lorenzo: San Marcos, Suchitepéquez
San Pedro Sacatepéquez: Guatemala, San Marcos
Santa Bárbara: Huehuetenango, Suchitepéquez
"""
_PE = """
Aco: Áncash, Junín
Acobamba: Áncash, Huancavelica, Junín
Anco: Ayacucho, Huancavelica
Andabamba: Cajamarca, Huancavelica
Anta: Áncash, Cusco, Huancavelica
Asunción: Amazonas, Cajamarca
Ayaviri: Lima, Puno
Azángaro: Lima, Puno
Bambamarca: Cajamarca, La Libertad
Barranca: Lima, Loreto
Belén: Ayacucho, Loreto
Bellavista: Cajamarca, Callao, Piura, San Martín
Bolívar: Cajamarca, La Libertad
Buenos Aires: Piura, San Martín
Cabana: Áncash, Ayacucho, Puno
Chancay: Cajamarca, Lima
Chiara: Apurímac, Ayacucho
Chilca: Junín, Lima
Chuquibamba: Amazonas, Arequipa
Cochabamba: Áncash, Cajamarca, Huánuco
Cochas: Áncash, Junín, Lima
Colca: Ayacucho, Junín
Colcabamba: Áncash, Apurímac, Huancavelica
Comas: Junín, Lima
Concepción: Ayacucho, Junín
Coporaque: Arequipa, Cusco
Cuenca: Huancavelica, Lima
El Carmen: Huancavelica, Ica
El Porvenir: Apurímac, La Libertad, San Martín
Huambo: Amazonas, Arequipa
Huancabamba: Pasco, Piura
Huata: Áncash, Puno
Huayllabamba: Áncash, Cusco
Independencia: Áncash, Ayacucho, Ica, Lima
Jesús: Cajamarca, Huánuco
Julcán: Junín, La Libertad
La Esperanza: Cajamarca, La Libertad
La Merced: Áncash, Huancavelica
La Unión: Huánuco, Junín, Piura
La Victoria: Lambayeque, Lima
Lagunas: Lambayeque, Loreto, Piura
Lampa: Ayacucho, Puno
Leoncio Prado: Ayacucho, Lima
Llama: Áncash, Cajamarca
Lucma: Áncash, La Libertad
Lucre: Apurímac, Cusco
Magdalena: Amazonas, Cajamarca
Mariscal Cáceres: Arequipa, Huancavelica
Mariscal Castilla: Amazonas, Junín
Miraflores: Arequipa, Huánuco, Lima
Mollepata: Cusco, La Libertad
Ocobamba: Apurímac, Cusco
Ocros: Áncash, Ayacucho
Olleros: Amazonas, Áncash
Oropesa: Apurímac, Cusco
Paccha: Cajamarca, Junín
Palca: Huancavelica, Junín, Puno, Tacna
Pampa Hermosa: Junín, Loreto
Pampamarca: Arequipa, Cusco, Huánuco
Pampas: Áncash, Huancavelica
Pariahuanca: Áncash, Junín
Paucartambo: Cusco, Pasco
Pomacocha: Apurímac, Huancavelica
Pucara: Cajamarca, Junín, Puno
Pueblo Libre: Áncash, Lima
Pueblo Nuevo: Huánuco, Ica, La Libertad, Lambayeque
Río Grande: Arequipa, Ica
Salas: Ica, Lambayeque
San Antonio: Apurímac, Lima, Puno, San Martín
San Buenaventura: Huánuco, Lima
San Cristóbal: Amazonas, Ayacucho, Moquegua, San Martín
San Isidro: Huancavelica, Lima
San Jerónimo: Amazonas, Apurímac, Cusco
San José: La Libertad, Lambayeque, Puno
San Juan: Áncash, Ayacucho, Cajamarca, Huancavelica
San Juan Bautista: Ayacucho, Ica, Loreto
San Luis: Áncash, Cajamarca, Lima
San Miguel: Ayacucho, Cajamarca, Lima
San Nicolás: Amazonas, Áncash
San Pablo: Cajamarca, Cusco, Loreto, San Martín
San Pedro: Áncash, Ayacucho, Cusco
San Rafael: Huánuco, San Martín
Santa Ana: Cusco, Huancavelica
Santa Cruz: Áncash, Cajamarca, Ica, Loreto
Santa Lucía: Ayacucho, Puno
Santa Rosa: Amazonas, Áncash, Apurímac, Ayacucho, Cajamarca, Lambayeque, Lima, Puno, San Martín
Santiago: Cusco, Ica
Santo Tomás: Amazonas, Cajamarca, Cusco
Tambo: Ayacucho, Huancavelica
Vilcabamba: Apurímac, Cusco, Pasco
Vista Alegre: Amazonas, Ica
Yanacancha: Junín, Pasco
Yauli: Huancavelica, Junín
Yauyos: Junín, Lima
"""
_MX = """
Abasolo: Coahuila, Guanajuato, Nuevo León, Tamaulipas
Aldama: Chiapas, Chihuahua, Tamaulipas
Allende: Chihuahua, Coahuila, Nuevo León
Benito Juárez: Ciudad de México, Guerrero, Oaxaca, Quintana Roo,
  Sonora, Tlaxcala, Veracruz, Zacatecas
Emiliano Zapata: Hidalgo, Morelos, Tabasco, Tlaxcala, Veracruz
Guerrero: Chihuahua, Coahuila, Tamaulipas
Hidalgo: Coahuila, Durango, Michoacán, Nuevo León, Tamaulipas
Jiménez: Chihuahua, Coahuila, Michoacán, Tamaulipas
Juárez: Chiapas, Chihuahua, Coahuila, Michoacán, Nuevo León
Matamoros: Chihuahua, Coahuila, Tamaulipas
Morelos: Chihuahua, Coahuila, Estado de México, Zacatecas
Ocampo: Chihuahua, Coahuila, Durango, Guanajuato, Michoacán, Tamaulipas
Rosario: Chihuahua, Sinaloa, Sonora
Victoria: Guanajuato, Tamaulipas
"""


def _read(lines: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for line in lines.strip().replace("\n  ", " ").split("\n"):
        name, _, departments = line.partition(": ")
        found[fold(name)] = tuple(departments.split(", "))
    return found


_HOMONYMS = {"GT": _read(_GT), "PE": _read(_PE), "MX": _read(_MX)}


def departments(country: str, municipality: str) -> tuple[str, ...]:
    """The departments that have a municipality of this name, when there are several of them."""
    return _HOMONYMS.get(country, {}).get(fold(municipality), ())
