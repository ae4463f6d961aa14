# Needs a translator's review.

team-link = Para equipos de estudio
team-role-coordinator = Coordinación: responde a las consultas de los estudios asignados
team-role-editor = Edición: revisa páginas y corrige lecturas
team-role-administrator = Administración: cuentas, registro de auditoría, exportación
team-sign-in = Iniciar sesión
team-sign-in-lead = Para miembros de equipos de estudio. Nadie necesita una cuenta para buscar un ensayo.
team-sign-in-passkey = Iniciar sesión con una llave de acceso
team-sign-in-by-code = Con un código
team-sign-in-name = Nombre para iniciar sesión
team-code = Código
team-code-hint = Seis cifras de su aplicación, o uno de sus códigos en papel.
team-sign-in-cookie = Al iniciar sesión se guarda una cookie. Mantiene su sesión hasta 12 horas y no se usa para nada más.
team-sign-in-onward = Inicie sesión para pasar al mensaje.
team-sign-in-onward-link = Ya he iniciado sesión: continuar
team-sign-in-empty = Escriba su nombre para iniciar sesión y un código.
team-sign-in-wrong = Este nombre y este código no corresponden, o el código ya se usó. Espere el código siguiente e inténtelo de nuevo.
team-sign-in-wait =
    { $n ->
        [one] Hubo demasiados códigos equivocados. Inténtelo de nuevo en 1 minuto.
       *[other] Hubo demasiados códigos equivocados. Inténtelo de nuevo en { $n } minutos.
    }
team-passkey-refused = Esta llave de acceso no se aceptó. Inténtelo de nuevo o use un código.
team-passkey-failed = El navegador no usó ninguna llave de acceso. Inténtelo de nuevo o elija otra manera.
team-signed-out = Su sesión está cerrada
team-signed-out-means = Su sesión terminó. Inicie sesión, vuelva a la página y envíe el formulario otra vez.
team-not-yours = No es para su función
team-not-yours-means = Su función no abre esta página. Si la necesita, pídala a quien administra su equipo.
team-not-safe = No por esta conexión
team-not-safe-means = Los miembros solo pueden iniciar sesión donde nadie pueda leer por el camino: por TLS (https) o en la misma máquina.
team-invitation = Tiene una invitación
team-invitation-lead = Este enlace crea una cuenta para usted, una sola vez. Su función: { $roles }.
team-invitation-not-open = Esta invitación no está abierta
team-invitation-not-open-means = Ya se usó, terminó o nunca existió. Pida una nueva a quien le invitó.
team-name = Su nombre
team-name-hint = Las páginas que usted revise lo muestran a los lectores.
team-name-bad = Escriba su nombre: de 2 a 80 letras.
team-sign-in-name-hint = De 3 a 60 letras (a a z), cifras, puntos, guiones o @. Las mayúsculas y las minúsculas valen igual.
team-sign-in-name-bad = Elija un nombre para iniciar sesión de 3 a 60 letras (a a z), cifras, puntos, guiones o @.
team-sign-in-name-taken = Alguien ya tiene este nombre para iniciar sesión. Elija otro.
team-name-gone = Otra persona tomó este nombre entretanto
team-name-gone-means = Vuelva a su invitación y elija otro nombre para iniciar sesión.
team-way = Cómo iniciará sesión
team-way-passkey = Una llave de acceso: su teléfono, computadora o llave de seguridad comprueba que es usted
team-way-code = Una aplicación que muestra un código nuevo cada 30 segundos, y códigos en papel
team-no-passkeys-here = Las llaves de acceso solo funcionan por https o en la dirección http://localhost.
team-go-on = Continuar
team-app = Prepare su aplicación de códigos
team-app-lead = Abra una aplicación de autenticación, añada una cuenta y escanee esta imagen. Después escriba el código que muestra.
team-app-picture = Código QR para la aplicación
team-app-letters = O escriba estas letras en la aplicación:
team-app-code = El código que la aplicación muestra ahora
team-code-wrong = Este código no es correcto. Compruebe el reloj de su teléfono, espere el código siguiente y escríbalo.
team-make-passkey = Crear una llave de acceso
team-make-passkey-lead = Su navegador le pedirá el dedo, la cara o un PIN. Nada de eso se envía aquí.
team-passkey-wants-script = Las llaves de acceso necesitan JavaScript y un navegador que las conozca. Vuelva y elija códigos, que no necesitan ni lo uno ni lo otro.
team-passkey-not-made = La llave de acceso no se creó
team-passkey-not-made-means = La respuesta del navegador no se pudo usar. Vuelva, cargue la página otra vez e inténtelo de nuevo.
team-paper = Sus códigos en papel
team-paper-lead = Si pierde su teléfono, cada uno de estos le permite iniciar sesión una vez. Se muestran solo ahora: imprímalos o anótelos.
team-paper-done = Ya los tengo
team-own = Su cuenta
team-own-lead = { $name }. { $roles }.
team-to-editorial = Páginas por revisar
team-accounts = Cuentas
team-audit = Registro de auditoría
team-ways = Maneras de iniciar sesión
team-passkeys = Llaves de acceso
team-passkeys-none = Todavía ninguna.
team-passkey-line = Creada { $made }, usada por última vez { $used }.
team-passkey-remove = Quitar
team-passkey-add = Añadir una llave de acceso
team-last-way = Esta es su única manera de iniciar sesión
team-last-way-means = Añada antes otra llave de acceso o prepare una aplicación de códigos.
team-app-of-own = Aplicación de códigos
team-app-there =
    { $n ->
        [one] Preparada. Queda 1 código en papel.
       *[other] Preparada. Quedan { $n } códigos en papel.
    }
team-app-none = Sin preparar.
team-app-anew = Preparar una aplicación, con códigos nuevos en papel
team-not-fresh = Antes, inicie sesión otra vez
team-not-fresh-means = Las maneras de iniciar sesión solo se cambian en los primeros 15 minutos después de iniciarla.
team-sessions = Dónde tiene sesión abierta
team-sessions-n =
    { $n ->
        [one] En 1 navegador.
       *[other] En { $n } navegadores.
    }
team-sign-out = Cerrar sesión
team-sign-out-everywhere = Cerrar sesión en todas partes
team-invite = Invitar a alguien
team-roles = Funciones
team-studies = Estudios para coordinación (números NCT, separados por espacios)
team-study-bad = “{ $word }” no es un número NCT. Escriba números como NCT01234567, separados por espacios.
team-invite-no-role = Elija al menos una función.
team-invite-go = Crear un enlace
team-invited = El enlace está creado.
team-invited-means = Entréguelo a una sola persona, por un medio de confianza. Sirve una vez, durante 3 días, y se muestra solo ahora.
team-invitations-open = Invitaciones abiertas
team-invitation-line = { $roles }. Hasta { $until }.
team-accounts-all = Todas las cuentas
team-since = desde { $when }
team-closed = Cerrada { $when }.
team-change = Cambiar
team-keep = Guardar
team-close = Cerrar la cuenta
team-last-administrator = Es la única cuenta de administración
team-last-administrator-means = Dé antes esta función a otra persona.
team-audit-export = Todo el registro como archivo
team-audit-whole = El registro está íntegro. Su última entrada:
team-audit-anchor = Anótela de vez en cuando en otro lugar. Así se ve más tarde si el registro se cortó o se escribió de nuevo.
team-audit-broken = El registro fue cambiado:
team-audit-number = Número
team-audit-when = Cuándo
team-audit-who = Quién
team-audit-what = Qué
team-audit-object = De qué
team-reviewed-as = Usted revisa como { $name }.
