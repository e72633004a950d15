## Shared

none = –
labelled = { $label } : { $value }
save = Enregistrer
cancel = Annuler
stop = Arrêter
close = Fermer
apply = Appliquer
add = Ajouter
edit = Modifier…
delete = Supprimer…
retry = Réessayer
undo = Annuler l’action
continue = Continuer
back = Retour
more = Plus
all = Tout
yes = Oui
no = Non
optional = facultatif
show-password = Afficher le mot de passe
hide-password = Masquer le mot de passe
copy = Copier
copied = Copié
loading = Chargement
refresh = Actualiser
error-reference = Référence { $id }
technical-detail = Détail technique
outside-title = En dehors de l’organisation choisie
outside-show-all = Afficher toutes les organisations
tag-add = Ajouter une étiquette
label-add = Ajouter un libellé
tag-remove = Retirer { $tag }
tag-limit = { $limit } au maximum
increase = Augmenter
decrease = Diminuer
confirm-type = Saisissez { $text } pour confirmer
no-matches = Aucun résultat
error-host-unreachable = Flotilla est injoignable
    .action = Vérifiez que le serveur fonctionne et que le réseau est disponible, puis réessayez.
error-host-answer-unreadable = La réponse est illisible
    .action = Rechargez la page ; si cela persiste, l’interface et le serveur sont de versions différentes.
copy-named = Copier : { $name }
copied-named = { $name } : copié
copy-by-hand = Le texte est sélectionné. Appuyez sur Ctrl C pour le copier.
copy-value = Copier { $value }
copied-value = { $value } copié
names-and-others =
    { $number ->
        [one] et { $number } autre
       *[other] et { $number } autres
    }

## Connection and severity

connection-connected = Connecté
connection-problems = Problèmes de connexion
connection-disconnected = Aucune connexion
connection-never = Jamais contacté
severity-critical = Critique
severity-major = Majeure
severity-minor = Mineure
severity-warning = Avertissement
severity-cleared = Résolue
work-state-waiting = En attente
work-state-running = En cours
work-state-done = Terminé
work-state-skipped = Ignoré
work-state-failed = Échec
work-state-unknown = Inconnu, vérification en cours
work-state-stopped = Arrêté

## Lists

list-search-organizations = Rechercher une organisation
list-search-archived_organizations = Rechercher une organisation archivée
list-search-members = Rechercher un membre
list-search-accounts = Rechercher un compte
list-search-systems = Rechercher un système
list-search-alarms = Rechercher une alarme
list-search-repository = Rechercher dans le référentiel
list-search-customers = Rechercher un client
list-search-device_results = Rechercher un résultat
list-search-jobs = Rechercher une tâche
list-search-job_tasks = Rechercher un système
list-search-licences = Rechercher un produit
list-search-licence_lots = Rechercher dans les portefeuilles
list-search-licence_history = Rechercher dans l’historique
list-search-licence_endings = Rechercher une échéance
list-search-audit = Rechercher dans le journal d’audit
list-search-activity = Rechercher dans l’activité
list-search-go = Rechercher
list-search-clear = Effacer la recherche
list-filter = Filtrer
list-filter-panel = Critères de filtre
list-filter-from = De
list-filter-to = À
list-filter-minimum = Minimum
list-filter-maximum = Maximum
list-filter-any = Indifférent
list-filter-empty = Vide
list-chip-search = Recherche
list-chip-remove = Retirer le critère « { $name } »
list-clear = Effacer
list-clear-filter = Effacer le filtre
list-nothing-matches = Aucun résultat
list-nothing-matches-why = Aucune entrée ne correspond à la recherche et au filtre.
list-nothing-matches-here = Aucune entrée de l’organisation choisie ne correspond à la recherche et au filtre. Les autres organisations n’ont pas été parcourues.
list-search-everywhere = Chercher dans toutes les organisations
list-total = { $total } au total
list-selected =
    { $count ->
        [one] { $selected } sélectionné
       *[other] { $selected } sélectionnés
    }
list-select-all-matching = Sélectionner les { $count } résultats
list-select-shown = Sélectionner les lignes affichées
list-select-row = Sélectionner { $name }
list-clear-selection = Effacer la sélection
list-selection-bar = Sélection
list-changes =
    { $count ->
        [one] { $count } modification, trier à nouveau
       *[other] { $count } modifications, trier à nouveau
    }
list-changes-many = Nombreuses modifications, trier à nouveau
list-columns = Colonnes
list-columns-reset = Par défaut
list-column-up = Monter { $name }
list-column-down = Descendre { $name }
list-column-width = Largeur de { $name }
list-sort-none = Non trié. Clic : ordre décroissant.
list-sort-descending = Tri décroissant. Clic : ordre croissant.
list-sort-ascending = Tri croissant. Clic : non trié.
list-views = Vues
list-views-all = Toutes les entrées
list-views-own = Mes vues
list-views-shared = Vues partagées
list-views-partial = { $name } (en partie)
list-views-save = Enregistrer comme vue…
list-views-update = Mettre à jour { $name }
list-views-delete = Supprimer { $name }…
list-views-name = Nom de la vue
list-views-share = Accessible à tous
list-views-delete-title = Supprimer la vue { $name } ?
list-views-delete-body = Son filtre, son tri et ses colonnes sont supprimés. Les entrées de la liste ne sont pas modifiées.
list-views-delete-do = Supprimer la vue
list-export = Exporter
list-export-all = Les { $count } entrées listées
list-export-selected = { $count } sélectionnées
list-export-csv = en CSV
list-export-xlsx = en XLSX
list-exported = { $name } enregistré
list-too-many = Seules les { $count } premières entrées peuvent être affichées ; affinez avec un filtre.
list-id-unknown = introuvable
list-of = { $shown } sur { $total }
list-filter-columns = Colonne à filtrer
list-filter-contains = Contient
list-filter-values = Valeurs
list-filter-no-value = Sans valeur
list-filter-some-value = Toute valeur
list-filter-remain = Il en resterait { $shown } sur { $total }
list-filter-counted = Décompte selon la recherche et les autres filtres en vigueur.
list-filter-most = Les { $count } valeurs les plus fréquentes sont affichées.
list-filter-nothing-there = Aucune entrée n’a de valeur ici.
list-filter-only = Uniquement « { $value } »
list-filter-edit = Modifier le critère « { $name } »
list-test-contains = contient
list-test-is = est
list-test-any = est l’un de
list-test-from = à partir de
list-test-until = jusqu’à
list-test-between = entre
list-test-empty = sans valeur
list-test-not-empty = avec valeur
list-tags-more = { $count } de plus
list-tags-all = { $what } : tous les { $count }
list-column-move = Déplacer { $name }. Les flèches changent sa place.
list-column-moved = { $name }, place { $place } sur { $count }
list-columns-how = Faites glisser une colonne par sa poignée ou son en-tête, ou déplacez-la avec les flèches. Sa largeur se règle au bord de son en-tête.
list-columns-left-out = Masquées faute de place à cette largeur : { $names }.
list-columns-shown = Colonnes affichées
list-columns-hidden = Colonnes masquées
list-selected-only = Uniquement la sélection
list-selected-hidden = { $count } hors de la liste
list-selected-show = Afficher uniquement ces { $count }
list-selected-drop = Retirer les { $count } hors de la liste

## Frame

app-navigation = Navigation principale
app-skip = Aller au contenu
app-fold = Réduire la navigation
app-unfold = Déployer la navigation
app-search = Rechercher ou lancer une commande
app-work =
    { $count ->
        [0] Aucune tâche
       *[other] { $count } en cours
    }
app-work-title = Tâches en cours
app-work-none = Aucune tâche en cours. Les importations, tests et exportations s’affichent ici.
app-work-progress = { $done } sur { $total }
app-work-failed = { $count } en échec
app-notifications =
    { $count ->
        [0] Aucune notification
       *[other] Notifications, { $count }
    }
app-notifications-title = Notifications
app-notifications-none = Rien ne requiert votre attention.
notice-administrator-expires = Le compte administrateur { $login } expire le { $on }
notice-account-reset = Le compte { $login } a été réinitialisé le { $at }
app-language = Langue
app-theme = Thème
app-theme-light = Clair
app-theme-dark = Sombre
app-theme-system = Réglage du système
app-user = Connecté en tant que { $name }
app-profile = Profil
app-sign-out = Se déconnecter
app-shortcuts = Raccourcis clavier
app-organization-all = Toutes les organisations
app-organization = Organisation
app-organization-search = Rechercher une organisation
app-organization-more = { $count } de plus, affinez la recherche
app-organization-details = À propos de cette organisation
app-organization-create = Créer une organisation
app-not-found = Page introuvable
app-not-found-why = L’adresse est peut-être ancienne, ou vous n’avez pas le droit de voir cette page.
app-to-dashboard = Aller au tableau de bord
app-starting = Démarrage
connection-lost = Connexion perdue ; dernières données : { $at }
connection-lost-why = C’est ce que l’espace de travail savait alors. Rien ne peut être modifié avant qu’il ne réponde ; votre saisie est conservée.
connection-next-try =
    { $attempts ->
        [0] 0 essai, prochain dans { $seconds } s
        [one] 1 essai, prochain dans { $seconds } s
       *[other] { $attempts } essais, prochain dans { $seconds } s
    }
connection-trying = Essai en cours…
connection-try-now = Réessayer maintenant
conflict-title = Quelqu’un d’autre a enregistré entre-temps
conflict-why =
    { $count ->
        [0] Aucun champ n’a été modifié par vous deux. Les modifications se combinent d’elles-mêmes.
        [one] Vous avez modifié tous les deux 1 champ. Choisissez l’une des valeurs ; les autres modifications se combinent d’elles-mêmes.
       *[other] Vous avez modifié tous les deux { $count } champs. Choisissez pour chacun ; les autres modifications se combinent d’elles-mêmes.
    }
conflict-none = Ses modifications et les vôtres se combinent. Vérifiez-les, puis enregistrez.
conflict-theirs = Sa valeur
conflict-mine = Votre valeur
conflict-take-theirs = Tout prendre de l’autre
conflict-take-mine = Garder toutes les vôtres
conflict-was = auparavant : { $value }
conflict-empty = rien
conflict-theirs-only = { $value }, repris de l’autre
conflict-mine-only = Modifié par vous seul : { $fields }
conflict-left =
    { $count ->
        [0] Il ne reste aucun choix à faire.
        [one] Il reste 1 choix avant de pouvoir enregistrer.
       *[other] Il reste { $count } choix avant de pouvoir enregistrer.
    }
unsaved-title = Abandonner les modifications ?
unsaved-body = Votre saisie n’est pas enregistrée.
unsaved-do = Abandonner
nav-dashboard = Tableau de bord
nav-customers = Clients
nav-systems = Systèmes
nav-alarms = Alarmes
nav-jobs = Tâches
nav-licences = Licences
nav-organizations = Organisations
nav-accounts = Comptes
nav-preferences = Préférences
nav-audit = Journal d’audit
nav-application_centre = Centre d’applications
palette = Rechercher ou lancer une commande
palette-pages = Pages
palette-organizations = Organisations
palette-customers = Clients
palette-systems = Systèmes
palette-actions = Actions
palette-choose = choisir
palette-open = ouvrir
palette-new-window = nouvelle fenêtre
palette-nothing = Aucun résultat
palette-selection = Sélection
palette-select-first = Sélectionnez d’abord dans la liste « { $list } »
palette-one-only = N’en sélectionnez qu’un
palette-all-organizations-shown = Toutes sont déjà affichées
palette-page = Sur cette page
palette-no-list = Ouvrez d’abord une liste
palette-list-empty = La liste est vide
palette-view-first = Choisissez d’abord l’une de vos vues
palette-not-narrowed = Aucun filtre n’est appliqué
palette-in-force = Déjà appliqué
palette-columns-are-usual = Les colonnes sont celles par défaut
palette-no-picture = Il n’y a pas d’image
palette-filter = Ajouter un filtre
palette-refresh = Actualiser la liste « { $list } »
palette-sort-again = Trier à nouveau
palette-export = Exporter la liste
palette-export-all = Exporter les { $count } lignes listées en { $format }
palette-export-chosen = Exporter les { $count } lignes sélectionnées en { $format }
palette-columns = Organiser les colonnes
palette-columns-usual = Rétablir les colonnes par défaut
palette-view = Vue : { $name }
palette-view-update = Mettre la vue à jour
palette-view-delete = Supprimer la vue…
palette-cancel-work = Annuler : { $work }
palette-console = Ouvrir { $name }
shortcut-palette = Rechercher ou lancer une commande
shortcut-help = Afficher les raccourcis clavier
shortcut-list-move = Se déplacer dans une liste
shortcut-list-ends = Première et dernière ligne
shortcut-list-select = Sélectionner la ligne
shortcut-list-all = Sélectionner tous les résultats
shortcut-list-open = Ouvrir la ligne
shortcut-list-menu = Ouvrir le menu de la ligne
shortcut-close = Fermer le panneau, le menu ou la boîte de dialogue
shortcut-search = Rechercher dans la liste
shortcut-go = Aller à la page « { $page } »
shortcut-list-column = Déplacer la colonne
shortcut-list-width = Changer la largeur de la colonne
shortcut-list-next = Ligne suivante
shortcut-list-previous = Ligne précédente
app-critical = Alarmes critiques
app-critical-all = Les { $count } alarmes critiques
app-critical-of = { $what } · { $ago }

## Errors

error-call-unknown = Cette version ne prend pas en charge la commande
    .action = Redémarrez Flotilla ; si le problème persiste, l’interface et le noyau sont de versions différentes.
error-call-arguments = La commande a reçu des arguments illisibles
    .action = Rechargez la page ; en ligne de commande, comparez le JSON à la table des commandes.
error-call-too-large = La requête est trop volumineuse
    .action = Envoyez moins de données à la fois.
error-call-too-many = Trop de requêtes depuis cette adresse
    .action = Attendez un instant, puis réessayez.
error-call-too-slow = Les données ne sont pas arrivées à temps
    .action = Vérifiez le réseau, puis réessayez.
error-session-missing = Vous n’êtes pas connecté
    .action = Connectez-vous.
error-session-ended = La session est terminée
    .action = Reconnectez-vous.
error-session-password-change-needed = Le mot de passe doit d’abord être modifié
    .action = Choisissez un nouveau mot de passe, puis continuez.
error-session-terms-not-accepted = Les conditions de licence n’ont pas encore été acceptées
    .action = Lisez-les et acceptez-les, puis continuez.
error-right-missing = Ce compte n’a pas les droits nécessaires
    .action = Adressez-vous à un administrateur ou au propriétaire de l’organisation.
error-not-found = Cet élément n’existe pas ou n’existe plus
    .action = Il a peut-être été supprimé entre-temps ; consultez de nouveau la liste.
error-internal = Une erreur interne s’est produite ; rien n’a été modifié
    .action = Réessayez. La référence ci-dessous permet de retrouver la cause dans le journal.
error-call-not-json = L’appel n’est pas au format JSON
    .action = Envoyez-le avec le type de contenu application/json.
error-host-not-served = Ce serveur ne répond pas pour { $host }
    .action = Utilisez son adresse, ou démarrez-le avec `--name { $host }`.
error-host-address-in-use = Un autre programme écoute déjà sur { $address }
    .action = Arrêtez ce programme, ou choisissez un autre port avec `--port`.
error-host-address-unusable = Impossible d’écouter sur { $address }
    .action = Vérifiez l’adresse et le port ; les ports inférieurs à 1024 exigent des droits particuliers.
error-workspace-locked = L’espace de travail est verrouillé
    .action = Saisissez le mot de passe de la base de données.
error-workspace-key-wrong = Le mot de passe de la base de données est incorrect
    .action = Saisissez-le de nouveau en respectant majuscules et minuscules.
error-workspace-key-file-missing = Le fichier key.json de cet espace de travail est absent
    .action = Replacez-le à côté de workspace.db, depuis l’emplacement d’origine ou une sauvegarde. Sans lui, la base de données ne peut pas être ouverte.
error-workspace-key-missing = La clé de cet espace de travail ne se trouve pas dans le trousseau du système
    .action = Ouvrez la session de l’utilisateur qui a créé l’espace de travail, ou restaurez le trousseau.
error-workspace-too-new = Cet espace de travail a été créé par une version plus récente de Flotilla
    .action = Mettez Flotilla à niveau sur cet ordinateur. Rien n’a été modifié.
error-workspace-missing = Il n’y a pas d’espace de travail dans { $folder }
    .action = Vérifiez le chemin. `flotilla-cli init` en crée un.
error-workspace-database-missing = La base de données de cet espace de travail est introuvable
    .action = Remettez workspace.db à côté de key.json, ou restaurez une sauvegarde du dossier. Rien n’a été modifié.
error-workspace-database-empty = La base de données de cet espace de travail est un fichier vide
    .action = Restaurez une sauvegarde de workspace.db. Rien n’a été modifié.
error-workspace-database-cut = La fin de la base de données de cet espace de travail manque
    .action = Le fichier n’a sans doute pas été copié jusqu’au bout : copiez de nouveau workspace.db, ou restaurez une sauvegarde du dossier. Rien n’a été modifié.
error-workspace-database-foreign = La base de données n’appartient pas à ce fichier de clé
    .action = workspace.db et key.json proviennent de deux espaces de travail : placez dans un même dossier les deux fichiers qui vont ensemble. Rien n’a été modifié.
error-workspace-first-page-damaged = La base de données est endommagée : sa première page est illisible
    .action = Le mot de passe est correct. Copiez le dossier de l’espace de travail en lieu sûr, puis restaurez une sauvegarde.
error-workspace-key-file-damaged = Le fichier de clé de cet espace de travail est endommagé
    .action = Restaurez key.json à partir d’une sauvegarde du dossier ; sans lui, la base de données ne peut pas être ouverte. Rien n’a été modifié.
error-workspace-damaged = La base de données est endommagée
    .action = Copiez d’abord le dossier de l’espace de travail en lieu sûr, puis restaurez une sauvegarde.
error-workspace-migration-failed = L’espace de travail n’a pas pu être mis à niveau
    .action = Rien n’a été modifié et la version précédente continue de fonctionner. Communiquez le numéro { $number } et le journal à votre support.
error-workspace-has-accounts = Cet espace de travail possède déjà un compte
    .action = Connectez-vous avec ce compte.
error-workspace-has-no-account = Cet espace de travail n’a pas encore de compte
    .action = Créez le premier administrateur.
error-workspace-in-use = Cet espace de travail est en cours d’utilisation
    .action = Déconnectez-vous d’abord. Si l’espace de travail a des comptes, démarrez la flotte de démonstration séparément.
error-workspace-other-version = Le serveur utilise Flotilla { $there }, cet ordinateur { $here }
    .action = Installez la même version des deux côtés.
error-workspace-disk-fault = Le disque présente des erreurs de lecture ou d’écriture ; rien n’a été enregistré
    .action = Vérifiez le disque et sa connexion, puis réessayez.
error-workspace-disk-full = Le disque est plein ; rien n’a été enregistré
    .action = Libérez de l’espace sur le disque, puis réessayez.
error-workspace-read-only = Le dossier de l’espace de travail n’est pas accessible en écriture
    .action = Vérifiez les droits du dossier et du fichier de la base de données.
error-workspace-busy = La base de données est restée occupée trop longtemps
    .action = Réessayez.
error-form-invalid = Vérifiez les champs signalés
    .action = La raison figure sous chacun d’eux.
error-field-required = Obligatoire
error-field-too-long = { $limit } caractères au plus
error-field-taken = Déjà utilisé
error-field-not-available = Non disponible. Choisissez-en un autre, par exemple avec la ville
error-field-not-a-number = Nombre entier attendu
error-field-out-of-range = De { $least } à { $most }
error-field-not-an-address = Adresse IP ou nom d’hôte non valide
error-field-not-an-email = Adresse e-mail non valide
error-field-not-a-telephone = { $limit } chiffres au plus, précédés ou non de +
error-field-not-a-date = Date non valide
error-field-not-a-web-address = Adresse web non valide
error-field-not-a-zone = Fuseau horaire inconnu
error-field-not-a-choice = Choix non valide
error-field-not-a-template = Une adresse telle que https://{"{"}host{"}"}:{"{"}port{"}"}/
error-field-control-character = Contient un caractère non affichable
error-field-invisible-character = Contient un caractère invisible ({ $character })
    .action = Saisissez le texte à nouveau : personne ne voit ce caractère, et le texte devient un autre.
error-field-too-many-tags = { $limit } au plus
error-field-names-too-long = Prénom et nom : { $limit } caractères au plus ensemble
error-password-differ = Les mots de passe ne correspondent pas
error-password-for-address = À saisir de nouveau : le mot de passe enregistré n’est pas envoyé à une autre adresse
error-password-too-short = Au moins { $limit } caractères
error-password-too-long = { $limit } caractères au plus
error-password-too-simple = Au moins deux types : majuscules, minuscules, chiffres, symboles
error-password-holds-login = Contient le nom de connexion
error-password-common = Fait partie des mots de passe les plus courants
error-password-used-before = Déjà utilisé ; choisissez-en un autre
error-sign-in-refused = Nom de connexion ou mot de passe incorrect
    .action = Saisissez-les de nouveau ; le mot de passe distingue majuscules et minuscules.
error-sign-in-wait = Trop de tentatives : attendez { $seconds } s
    .action = Réessayez ensuite ou adressez-vous à un administrateur.
error-sign-in-disabled = Ce compte est désactivé
    .action = Un administrateur peut le réactiver.
error-sign-in-expired = Ce compte a expiré
    .action = Un administrateur peut le réactiver.
error-password-wrong = Le mot de passe actuel est incorrect
error-account-cannot-change-self = Un compte ne peut ni se supprimer, ni se désactiver, ni réduire ses propres droits
    .action = Adressez-vous à un autre administrateur.
error-account-last-administrator = Au moins un administrateur activé doit rester
    .action = Donnez d’abord le rôle d’administrateur à un autre compte activé.
error-account-sole-owner = Ce compte est le seul propriétaire de { $organizations }
    .action = Désignez-y d’abord un autre propriétaire, puis supprimez le compte.
error-picture-unreadable = Ce fichier n’est pas une image lisible
    .action = Choisissez un fichier PNG, JPEG ou WebP.
error-picture-too-large = L’image est trop grande
    .action = 5 Mio et 4 096 pixels de côté au plus.
error-organization-last-owner = Une organisation doit avoir au moins un propriétaire
    .action = Désignez d’abord un autre membre comme propriétaire.
error-organization-id-not-repeated = Ce n’est pas l’identifiant de l’organisation
    .action = Copiez l’identifiant affiché et collez-le ici.
error-folder-default = Le dossier par défaut ne peut être ni déplacé ni supprimé
    .action = Renommez-le, ou déplacez son contenu.
error-folder-into-itself = Un dossier ne peut pas être déplacé dans lui-même ni dans l’un de ses sous-dossiers
    .action = Choisissez un dossier en dehors de celui-ci.
error-folder-too-deep = Les dossiers ont au plus { $limit } niveaux
    .action = Choisissez un dossier de niveau supérieur.
error-folder-name-taken = Il y a déjà un dossier nommé { $name } à cet endroit
    .action = Renommez d’abord l’un des deux.
error-licence-product-unknown = Le catalogue ne contient pas « { $product } »
    .action = Vérifiez le catalogue de produits.
error-licence-not-registered = Le produit n’est pas enregistré auprès de cette organisation
    .action = Enregistrez d’abord le produit.
error-licence-already-registered = Le produit est déjà enregistré auprès de cette organisation
    .action = Il n’y a rien à faire.
error-licence-trial-used = L’essai de ce produit a déjà été utilisé dans cette organisation
    .action = Démarrez un abonnement.
error-licence-no-trial = Ce produit n’a pas d’essai
    .action = Démarrez un abonnement.
error-licence-already-started = L’abonnement a déjà démarré
    .action = Il n’y a rien à faire.
error-licence-not-started = Aucun abonnement au produit n’est en cours dans cette organisation
    .action = Démarrez d’abord l’abonnement.
error-licence-ended = L’abonnement a été résilié
    .action = S’il s’agit d’une erreur, annulez l’écriture dans l’historique.
error-licence-start-not-possible = Cette date ne peut pas être un début
    .action = Saisissez une date qui n’est pas dans le futur.
error-licence-out-of-range = Une quantité, une durée ou un nombre d’années est hors limites
    .action = Corrigez le nombre.
error-licence-wallet-short = Le portefeuille n’a pas assez de licences : il manque { $missing }
    .action = Convertissez des clés de licence ou allouez moins d’années.
error-licence-year-not-in-reach = Cette année ne peut pas encore recevoir de licences ; la dernière année possible commence le { $day }
    .action = Choisissez moins d’années.
error-licence-below-need = Moins de licences que le besoin : il manque { $missing }
    .action = Allouez le nombre complet ou moins d’années.
error-licence-beyond-need = Plus de licences que le besoin : { $surplus } en trop
    .action = Confirmez que vous voulez allouer plus que le besoin.
error-licence-lot-not-usable = Un lot choisi ne peut pas être utilisé
    .action = Choisissez un autre lot ou les lots proposés.
error-licence-not-transferable = Les licences de ce produit ne peuvent pas être transférées à une autre organisation
    .action = Adressez-vous au fournisseur.
error-licence-same-organization = L’organisation d’origine et celle de destination sont identiques
    .action = Choisissez une autre organisation.
error-licence-not-waiting = Ces licences n’attendent plus d’activation
    .action = Elles ont été acceptées ou rappelées, ou leur durée de conservation est échue : consultez l’historique.
error-licence-not-reversible = Cette écriture ne peut pas être annulée
    .action = Seuls une allocation à une année qui n’a pas commencé, une clé déclarée, un solde d’ouverture, une extension et une résiliation peuvent être annulés, une seule fois.
error-licence-already-used = Les licences de cette écriture ont déjà été utilisées
    .action = Annulez d’abord ce qui les a utilisées.
error-licence-no-difference = Ces nombres ont changé entre-temps
    .action = Comparez de nouveau : les comptes ou le fichier disent autre chose à présent.
error-licence-frozen = L’organisation est archivée ; ses licences sont gelées
    .action = Restaurez d’abord l’organisation.
error-licence-key-redeemed =
    { $seen ->
        [yes] La clé de licence { $key } a été convertie par { $name } pour { $customer } le { $day }
       *[other] La clé de licence { $key } a déjà été convertie dans cet espace de travail
    }
    .action = Une clé compte une seule fois. Cherchez-la dans l’historique.
error-licence-key-same-ending = Une autre clé des livres se termine de la même façon ({ $key })
    .action = Convertissez cette clé séparément et retirez sa ligne de la comparaison.
error-licence-key-twice = La clé de licence { $key } a été saisie deux fois
    .action = Retirez l’une des deux.
error-licence-key-unreadable = Ce n’est pas une clé de licence
    .action = Collez la clé telle qu’elle figure dans la commande.
error-licence-key-other-organization = La clé de licence { $key } est destinée à une autre organisation : { $customer }
    .action = Convertissez-la pour cette organisation.
error-licence-key-other-product = La clé de licence { $key } est destinée à un autre produit : { $product }
    .action = Convertissez-la sur la page de ce produit.
error-licence-key-product-unknown = La clé de licence { $key } est destinée à un produit absent du catalogue : { $product }
    .action = Un administrateur peut ajouter le produit au catalogue.
error-licence-key-type-unknown = La clé de licence { $key } est d’un type de licence que le produit n’a pas : { $type }
    .action = Un administrateur peut ajouter le type au catalogue.
error-licence-key-not-yet-issued = La clé de licence { $key } est datée du { $day }, après la date d’aujourd’hui
    .action = Vérifiez l’horloge de cet ordinateur. Si elle est juste, demandez à l’émetteur.
error-licence-key-expired = La clé de licence { $key } pouvait être convertie jusqu’au { $day }
    .action = Demandez une nouvelle clé à l’émetteur.
error-licence-issuer-known = L’émetteur { $name } figure déjà dans la liste
    .action = S’il a été révoqué, il peut y être approuvé à nouveau.
error-licence-offline-identity = Utilisez de 1 à { $limit } lettres, chiffres et symboles, sans espace ni accent
    .action = Saisissez le nom exactement comme le système l’affiche.
error-licence-offline-no-request = Aucune demande de ce système n’attend de réponse
    .action = Exportez un nouveau fichier système depuis le système et chargez-le.
error-licence-offline-nothing = Le système ne détient aucune licence, et aucun fichier de licence n’est en attente
    .action = Émettez d’abord un fichier de licence.
error-licence-offline-pending = Un fichier de licence du système perdu est encore en attente
    .action = Confirmez-le ou attendez qu’il soit caduc, puis remplacez le système.
error-licence-offline-not-over = Le système peut encore utiliser son fichier de licence jusqu’au { $day }
    .action = Attendez cette date ou confirmez la restitution des licences.
error-licence-offline-too-many-lost = { $limit ->
    [one] { $limit } système perdu a été remplacé sans avoir été restitué
   *[other] { $limit } systèmes perdus ont été remplacés sans avoir été restitués
 }, ce qui est le maximum autorisé
    .action = Confirmez d’abord la restitution d’un système perdu ou demandez à un administrateur d’augmenter la limite dans les préférences.
error-licence-offline-elsewhere = Le système est enregistré auprès d’une autre organisation
    .action = Faites d’abord restituer ses licences à cet endroit ou choisissez la bonne organisation.
error-licence-offline-lost = Le système a été déclaré perdu et un autre détient ses licences
    .action = Confirmez d’abord sa restitution, puis chargez de nouveau le fichier.
error-licence-hardware-active = Un matériel portant le numéro de série { $serial } est déjà enregistré
    .action = Retirez-le là où il est enregistré ou vérifiez le numéro de série.
error-licence-hardware-unknown = Le catalogue n’indique pas combien de licences { $model } contient
    .action = Saisissez les licences et la source de ce nombre.
error-licence-operation-differs = Cette opération a déjà été effectuée avec d’autres valeurs
    .action = Rechargez la page et réessayez.
error-licence-ledger-differs = Le registre des licences a été altéré à l’écriture { $entry } ; plus rien n’y est écrit
    .action = Restaurez une sauvegarde ou contactez l’assistance.
error-licence-catalogue-invalid = Le fichier n’est pas un catalogue de produits valide : { $reason }
    .action = Corrigez le fichier.
error-licence-catalogue-in-use = Il manque au catalogue { $what }, qu’utilise le registre des licences. Laissez-le dans le catalogue ; un produit ou un type qui n’est plus vendu peut y rester sans référence.
    .action = Ajoutez-le au fichier, puis importez-le de nouveau.
error-licence-has-ledger = Une organisation qui a des écritures de licences ne peut pas être supprimée
    .action = Archivez-la plutôt.
error-folder-not-empty =
    Le dossier contient encore { $folders ->
        [one] { $folders } dossier
       *[other] { $folders } dossiers
    } et { $systems ->
        [one] { $systems } système
       *[other] { $systems } systèmes
    }
    .action = Déplacez ou retirez d’abord son contenu.
error-folder-other-organization = Le dossier appartient à une autre organisation
    .action = Choisissez un dossier de la même organisation.
error-customer-not-tested = La connexion n’a pas été testée
    .action = Testez-la, ou enregistrez sans contact.
error-customer-test-outdated = La connexion a été modifiée après le test
    .action = Testez-la de nouveau, puis enregistrez.
error-certificate-not-this-one = Le système présente maintenant un autre certificat
    .action = Examinez le nouveau certificat avant de l’accepter.
error-certificate-unusable = Ce certificat est inutilisable : il est de version 1 (X.509), ou comporte une extension critique inconnue
    .action = Donnez au système un nouveau certificat de version 3 ; d’ici là, aucun mot de passe ne lui est envoyé.
error-certificate-changed = Le serveur présente maintenant un autre certificat ; rien n’a été envoyé
    .action = Il peut s’agir d’un renouvellement ou d’une interception. Si ce changement est connu, quittez l’espace de travail partagé et rejoignez-le à nouveau.
error-customer-solution-too-large = Une solution compte au plus 32 systèmes
    .action = Répartissez-la entre deux clients.
error-work-cancelled = Annulé avant la fin
    .action = Relancez l’action pour les éléments restants.
error-service-elsewhere = Une autre instance de Flotilla a ouvert cet espace de travail et exécute les services
    .action = Redémarrez le service dans cette instance.
error-changed-meanwhile = Quelqu’un d’autre l’a modifié entre-temps
    .action = Consultez les valeurs actuelles, puis refaites votre modification.
error-connection-not-monitored = La connexion n’est pas surveillée
    .action = Activez d’abord sa surveillance.
error-import-file-too-large = Le fichier est trop volumineux : { $limit } Mio au plus
    .action = Répartissez-le en plusieurs fichiers.
error-import-file-empty = Le fichier est vide
    .action = Choisissez le fichier contenant l’en-tête et les lignes.
error-import-unreadable = Le fichier ne peut pas être importé
    .action = Corrigez les erreurs signalées, puis réessayez.
error-import-not-text = Le fichier n’est pas un fichier texte
    .action = Enregistrez-le en CSV, par exemple en UTF-8.
error-import-header-missing = La colonne { $column } est absente
    .action = Ce qui existe garde ses valeurs. Saisissez dans les nouvelles lignes ce qui manque.
error-import-header-unknown = La colonne { $column } est ignorée
    .action = L’importation ne connaît pas cette colonne. Les noms sont ceux du modèle ou d’une exportation de la liste.
error-import-header-twice = La colonne { $column } apparaît deux fois
    .action = Supprimez l’une des deux.
error-import-quoting = Les guillemets de la ligne { $line } ne sont pas fermés ou sont mal placés
    .action = Mettez toute la cellule entre guillemets et doublez chaque guillemet qu’elle contient.
error-import-too-many-columns = Plus de cellules que de colonnes
    .action = Mettez entre guillemets les cellules qui contiennent un séparateur.
error-import-too-few-columns = Moins de cellules que de colonnes
    .action = Laissez une cellule vide plutôt que de l’omettre.
error-import-too-many-rows = Le fichier contient trop de lignes
    .action = Répartissez-le en plusieurs fichiers.
error-import-same-name = Même nom que la ligne { $row }
    .action = Changez l’un des noms ou retirez l’une des lignes.
error-import-same-address = Même adresse et même port que la ligne { $row }
    .action = Changez l’une des adresses ou retirez l’une des lignes.
error-import-same-customer = Désigne le même client que la ligne { $row }
    .action = Corrigez ou retirez l’une des lignes.
error-import-same-serial = Même périphérique que la ligne { $row }
    .action = Les deux adresses mènent au même numéro de série. Retirez l’une des lignes.
error-import-folder-unknown = Dossier introuvable
    .action = Indiquez les dossiers de haut en bas, séparés par /.
error-import-row-gone = Absente du fichier tel qu’il est lu
    .action = Les saisies sont conservées. Relisez le fichier comme avant ou retirez la ligne.
error-import-ambiguous = Le nom et l’adresse appartiennent à deux clients différents
    .action = Corrigez le nom ou l’adresse pour qu’ils désignent le même client.
error-import-address-of-connection = { $name } a une autre connexion avec cette adresse et ce port
    .action = Changez l’adresse ou modifiez cette connexion sur la page du client.
error-import-name-of-another = Ce nom est celui d’un autre client
    .action = Choisissez un autre nom.
error-import-busy = Cette importation est en cours de test ou d’enregistrement
    .action = Attendez la fin ou annulez-le.
error-import-nothing-to-save = Aucune ligne à enregistrer
    .action = Testez d’abord les lignes ou enregistrez sans contact.
error-import-file-not-deleted = Le fichier n’a pas pu être supprimé
    .action = Supprimez-le vous-même : il contient des mots de passe en clair.
error-list-unknown-column = Cette colonne n’existe pas dans la liste
    .action = Rechargez la page ; une vue enregistrée date peut-être d’une version antérieure.
error-list-view-name-taken = Une vue porte déjà ce nom
    .action = Choisissez un autre nom.
error-transfer-gone = Le fichier n’est plus disponible
    .action = Recommencez.
error-transfer-too-many = Trop de fichiers envoyés sont en attente
    .action = Terminez ou abandonnez ceux que vous avez ouverts, puis réessayez.
error-repository-no-space = L’espace disponible ne suffit pas pour le fichier
    .action = Libérez de l’espace sur le disque ou supprimez des fichiers du référentiel, puis reprenez.
error-repository-busy = Le fichier est déjà en cours d’ajout
    .action = Attendez la fin ou annulez l’ajout.
error-repository-digest-differs = Le fichier n’est pas celui publié par le fournisseur : son SHA-256 diffère
    .action = Téléchargez de nouveau le fichier auprès du fournisseur, puis recommencez.
error-repository-no-digest = Le texte ne contient pas de SHA-256 de ce fichier
    .action = Pour { $name }, indiquez 64 chiffres hexadécimaux ou le texte de son fichier .sha256.
error-repository-too-large = Le fichier est trop volumineux pour le référentiel
    .action = La limite est de 256 Gio.
error-repository-empty = Le fichier est vide
    .action = Vérifiez le fichier { $name } ; il n’a peut-être pas été copié entièrement.
error-repository-piece = Ce n’est pas le fichier dont l’ajout a été commencé
    .action = Choisissez de nouveau le même fichier, ou abandonnez-le et ajoutez l’autre.
error-repository-broken = Le téléchargement s’est arrêté en cours de route
    .action = Reprenez-le ; ce qui est arrivé est conservé.
error-repository-unreachable = Le serveur est injoignable
    .action = Vérifiez l’adresse, le réseau et le proxy, puis reprenez.
error-repository-refused = Le serveur ne délivre pas le fichier
    .action = Vérifiez l’adresse ; le fichier a peut-être été déplacé ou nécessite une connexion.
error-repository-redirected = L’adresse redirige ailleurs, sans https
    .action = Demandez au fournisseur une adresse commençant par https.
error-repository-altered = Le fichier ne correspond plus à son SHA-256 ; il n’est pas délivré
    .action = Supprimez-le et ajoutez-le de nouveau.
error-repository-remote = Le fichier n’est pas encore ici : il figure dans un référentiel distant
    .action = Téléchargez-le d’abord.
error-repository-no-index = Il n’y a pas de liste de paquets à cette adresse
    .action = Vérifiez l’adresse ; il doit s’agir d’un index JSON.
error-repository-index-known = Cette liste est déjà suivie
    .action = Cherchez-la ci-dessus.
error-repository-missing = Le fichier a disparu du disque
    .action = Ajoutez-le de nouveau ; il reprendra sa place.
error-file-unreadable = Le fichier n’a pas pu être lu
    .action = Vérifiez qu’il existe et qu’il est accessible en lecture.
error-file-unwritable = Le fichier n’a pas pu être écrit
    .action = Vérifiez les droits du dossier et l’espace disque, ou choisissez un autre emplacement.
error-file-exists = Le fichier { $file } existe déjà
    .action = Choisissez un autre nom ; rien n’est écrasé.
error-launch-too-many = { $limit } clients au plus à la fois
    .action = Sélectionnez moins de clients.
error-launch-not-this-mode = Non disponible pour les clients de ce mode
    .action = Choisissez une application dont disposent les systèmes de ce client.
error-launch-no-address = Aucune adresse n’est définie pour cette application
    .action = Définissez son adresse dans les préférences.
error-launch-no-connection = Le client n’a pas de connexion
    .action = Ajoutez une connexion, puis ouvrez l’application.
error-device-tries-used = Le périphérique a refusé trop de connexions ; prochain essai possible dans { $hours } h
    .action = Attendez ce moment, ou corrigez le mot de passe sur le périphérique. Les périphériques verrouillent les comptes après des mots de passe erronés répétés.
error-device-certificate-unseen = Personne n’a encore vérifié le certificat du périphérique ; rien n’a été envoyé
    .action = Comparez-le à celui du périphérique, puis acceptez-le.
error-device-certificate-changed = Le certificat du périphérique a changé ; rien n’a été envoyé
    .action = Comparez l’ancien et le nouveau certificat, puis acceptez le nouveau.
error-device-credentials-refused = Nom d’utilisateur ou mot de passe refusé ; il reste { $left } essais sur 10 en 24 heures
    .action = Utilisez d’autres identifiants, puis réessayez.
error-device-needs-setup = Le périphérique sort d’usine et n’a pas encore de compte
    .action = Créez son premier compte.
error-device-needs-credentials = Le périphérique demande un mot de passe
    .action = Choisissez un jeu d’identifiants, ou saisissez un nom d’utilisateur et un mot de passe.
error-device-unreachable = Aucune réponse du périphérique
    .action = Vérifiez l’alimentation, le câble, l’adresse et le pare-feu.
error-device-not-understood = Ce qui répond à cette adresse n’est pas un périphérique que Flotilla peut gérer : { $detail }
    .action = Vérifiez l’adresse et le port.
error-device-refused = Le périphérique a refusé : { $detail }
    .action = Corrigez ce que le périphérique refuse, puis réessayez.
error-device-forbidden = Le compte sur le périphérique n’a pas cette autorisation
    .action = Utilisez un compte administrateur du périphérique.
error-device-sign-in-unknown = Le périphérique demande une méthode de connexion que Flotilla ne connaît pas
    .action = Choisissez une autre règle d’authentification sur le périphérique, ou mettez Flotilla à jour.
error-device-error = Le périphérique signale une erreur interne
    .action = Redémarrez le périphérique ; si l’erreur persiste, consultez ses journaux.
error-device-other = Un autre périphérique répond à cette adresse : { $found } au lieu de { $expected }
    .action = Relancez la recherche, ou ajoutez le périphérique qui s’y trouve maintenant.
error-device-managed = Le périphérique est déjà géré dans { $customer }
    .action = Retirez-le de cette organisation, ou déplacez-le.
error-device-managed-elsewhere = Le périphérique est déjà géré dans une organisation que vous ne voyez pas
    .action = Adressez-vous à un administrateur.
error-device-not-this-kind = Non disponible pour ce type de système
    .action = Sélectionnez uniquement des systèmes du type concerné.
error-device-interrupted = Le programme s’est arrêté avant la fin
    .action = Réessayez.
error-device-not-back = Le périphérique n’est pas revenu en { $minutes } minutes
    .action = Vérifiez-le sur place ; il redémarre peut-être encore.
error-device-not-restarted = Le périphérique n’a pas redémarré
    .action = Vérifiez le périphérique, puis réessayez.
error-device-account-in-use = Flotilla ou un autre service utilise ce compte
    .action = Renouvelez plutôt le mot de passe de Flotilla.
error-device-user-name = 1 à 14 lettres et chiffres
    .action = Utilisez les lettres A à Z et des chiffres, en commençant par une lettre.
error-device-password = 1 à 64 caractères sans accent
    .action = Choisissez un autre mot de passe.
error-device-confirmation = Saisissez le nombre de périphériques
    .action = Comptez les périphériques choisis et saisissez ce nombre.
error-discovery-range = Plage d’adresses non valide : utilisez 10.0.0.0/24 ou 10.0.0.5-10.0.0.90
    .action = Corrigez la plage ; séparez plusieurs plages par des virgules.
error-discovery-too-many-addresses = { $limit } adresses au plus par recherche
    .action = Recherchez dans une plage plus petite, ou une plage après l’autre.
error-device-address-taken = { $address } est déjà utilisée
    .action = Choisissez une autre adresse, ou libérez celle-ci.
error-device-address-unseen = Impossible de vérifier depuis cet ordinateur si { $address } est libre
    .action = Mettez les périphériques en service depuis un ordinateur de leur réseau, sans proxy.
error-device-no-address-left = Plus aucune adresse libre dans la plage
    .action = Étendez la plage ou libérez des adresses.
error-device-host-name = Nom d’hôte non valide
    .action = Utilisez les lettres A à Z, des chiffres et des traits d’union, 63 caractères au plus entre deux points.
error-device-not-arrived = Le périphérique ne répond pas à sa nouvelle adresse : il était en { $from } et devait passer en { $to }
    .action = Vérifiez le réseau du périphérique, puis recherchez-le : il est retrouvé par son numéro de série.
error-device-unknown = La réponse du périphérique s’est perdue ; on ne sait pas si l’opération a eu lieu
    .action = Vérifiez le périphérique, puis réessayez si nécessaire.
error-job-time = Ce n’est pas une date avec une heure
    .action = Saisissez une date et une heure.
error-job-time-past = Ce début est déjà passé
    .action = Choisissez-en un plus tard.
error-job-window = Une fenêtre demande au moins un jour et une durée de sept jours au plus
    .action = Choisissez les jours, le début et la durée.
error-job-window-too-short = Un système prend environ { $minutes } minutes ; aucune fenêtre n’est ouverte aussi longtemps
    .action = Allongez la fenêtre.
error-job-rule = Ce n’est pas une règle de répétition
    .action = Écrivez-la comme le veut la RFC 5545, par exemple FREQ=WEEKLY;BYDAY=SU.
error-job-rule-too-often = Cette règle se répète trop souvent
    .action = Répétez une fois par jour au plus ; pour plusieurs heures d’un jour, utilisez BYHOUR.
error-job-rule-never = Aucun moment ne correspond à cette règle
    .action = Modifiez ses jours ou sa fin.
error-job-rollout = Ces vagues ne sont pas possibles
    .action = Utilisez au plus { $limit } vagues, des pourcentages de 0 à 100 et un temps d’observation de 90 jours au plus.
error-job-not-allowed = L’état de la tâche ne le permet pas
    .action = Regardez la tâche : une autre personne ou la tâche elle-même a pu la modifier.
error-job-still-running = Des systèmes de cette tâche sont encore en cours
    .action = Attendez leur fin ; arrêtez la tâche pour qu’aucun autre ne commence.
error-job-own-approval = Une autre personne doit approuver cette tâche
    .action = Demandez à un collègue qui a la même autorisation.
error-job-nothing-to-retry = Aucun système de cette tâche n’a échoué
    .action = Il n’y a rien à réessayer.
error-job-operation-unknown = Cette version de Flotilla ne connaît pas l’opération de cette tâche
    .action = Mettez Flotilla à jour sur cet ordinateur.
error-job-secret-gone = Le mot de passe de cette tâche n’est plus conservé
    .action = Commandez-la de nouveau et saisissez le mot de passe.
error-job-target-removed = Le système n’est plus géré
    .action = Rien n’y a été fait.
error-job-right-lost = La personne qui a commandé la tâche n’a plus l’autorisation pour ce système
    .action = Quelqu’un qui l’a peut commander la tâche de nouveau.
error-job-missed = Le début a été manqué : pendant plus de { $minutes } minutes, Flotilla n’était pas ouvert ou la tâche était en pause
    .action = Copiez la tâche pour l’exécuter maintenant ou plus tard.
error-job-threshold = La limite d’échecs est atteinte : { $failed }
    .action = Regardez les échecs, puis continuez, réessayez ou arrêtez.
error-job-held = Trop peu de systèmes de la dernière vague sont confirmés
    .action = Regardez les échecs, puis commencez la vague suivante à la main ou arrêtez.
error-job-failed = Tous les systèmes de la tâche n’ont pas réussi
    .action = Regardez ceux qui ont échoué, puis réessayez.
error-job-all-skipped = Tous les systèmes ont été écartés
    .action = Chacun indique la raison.
error-repository-in-use = Une tâche planifiée ou en cours a besoin de ce fichier
    .action = Arrêtez ou supprimez d’abord la tâche, ou attendez sa fin.
error-firmware-nothing-before = Le périphérique n’a pas de firmware antérieur auquel revenir
    .action = Installez plutôt la version voulue.
error-firmware-older = Le périphérique refuse une version plus ancienne que la sienne
    .action = Choisissez-en une plus récente, ou revenez à la précédente.
error-firmware-revoked = Le fabricant a révoqué cette version
    .action = Choisissez-en une autre.
error-firmware-uncommitted = Le firmware en service n’est pas encore validé
    .action = Validez-le ou revenez en arrière sur la page du périphérique, puis réessayez.
error-firmware-invalid-image = Le périphérique indique que l’image n’est pas valide
    .action = Ajoutez de nouveau le fichier au référentiel depuis sa source.
error-firmware-interface = Le périphérique ne permet pas cette façon de mettre à niveau
    .action = Mettez-le à niveau sur sa propre page.
error-firmware-wrong-device = L’image est destinée à un autre modèle
    .action = Choisissez le firmware de ce modèle.
error-firmware-unsigned = L’image n’est pas signée
    .action = Utilisez une image signée du fabricant.
error-firmware-unknown-signer = L’image est signée avec un certificat inconnu du périphérique
    .action = Utilisez une image signée par le fabricant.
error-firmware-busy = Le périphérique est occupé
    .action = Réessayez plus tard.
error-upgrade-no-package = Le référentiel ne contient aucun firmware pour ce modèle
    .action = Ajoutez-en un au référentiel.
error-upgrade-current = Déjà en version { $version }
    .action = Il n’y avait rien à faire.
error-upgrade-version-unknown = La version du périphérique n’est pas connue
    .action = Attendez qu’il ait répondu, puis planifiez de nouveau.
error-upgrade-not-restarted = Le périphérique a pris l’image et n’a pas redémarré ; il est toujours en { $version }
    .action = Vérifiez le périphérique, puis réessayez.
error-upgrade-fell-back = Le périphérique a redémarré et reste en { $version }
    .action = Consultez son journal ; la nouvelle version n’y fonctionne peut-être pas.
error-upgrade-other-version = Le périphérique est en { $version } et non en { $expected }
    .action = Vérifiez le périphérique et le fichier dans le référentiel.
error-upgrade-incomplete = La connexion s’est interrompue pendant l’envoi de l’image ; rien n’a été installé
    .action = Vérifiez le réseau, puis réessayez.
error-upgrade-unknown = L’image est envoyée et la réponse s’est perdue ; le résultat est en cours de vérification
    .action = Patientez. Le périphérique est interrogé jusqu’à ce qu’il indique sa version.
error-upgrade-not-committed = Le périphérique est en { $version }, qui n’est pas validée
    .action = Validez-la sur la page du périphérique, sinon il reviendra en arrière de lui-même.
error-audit-cut = Le journal d’audit contient {$entries} entrées, mais pas celle de cette empreinte
    .action = Des entrées ont été retranchées à la fin, ou il s’agit d’un autre journal. Comparez avec l’export ou la sauvegarde d’où provient l’empreinte.
error-audit-empty = { $file } ne contient aucune entrée du journal d’audit
    .action = Choisissez un fichier exporté du journal d’audit.
error-audit-broken = Le journal d’audit a été altéré
    .action = Exportez-le, mettez l’export en lieu sûr et comparez-le à une sauvegarde.
error-demo-unavailable = La flotte de démonstration n’est pas disponible ici
    .action = Ouvrez-la dans l’application de bureau.
error-host-only = Disponible uniquement dans l’application de bureau
    .action = Ouvrez Flotilla sur l’ordinateur lui-même.
error-test-clock-date = L’horloge d’essai ne peut pas aller à cette date
    .action = Choisissez une date du { $first } au { $last }. L’horloge d’essai ne fait qu’avancer.
error-test-clock-windows = D’autres fenêtres sont ouvertes
    .action = Fermez d’abord les autres fenêtres de Flotilla.
error-test-clock-no-contact = Rien n’est contacté depuis une copie à une autre date
    .action = Quittez la copie pour travailler avec les systèmes et les fichiers.
error-cli-usage = Ligne de commande non valide
    .action = `flotilla-cli help` donne la liste des commandes.
error-cli-workspace-not-named = Aucun espace de travail indiqué
    .action = Indiquez --workspace DOSSIER, ou définissez FLOTILLA_WORKSPACE.
error-cli-nobody-to-ask = Saisie impossible : { $variable } n’est pas défini
    .action = Définissez-le, ou exécutez la commande dans un terminal.
error-licence-key-empty = Aucune clé de licence n’a été saisie
    .action = Collez ou saisissez la clé.
error-licence-key-too-long = Le texte est trop long pour une clé de licence : { $limit } caractères au plus
    .action = Saisissez une seule clé.
error-licence-key-too-short = Le texte est trop court pour une clé de licence : au moins { $limit } caractères
    .action = Saisissez la clé entière.
error-licence-key-not-signed = Ce n’est pas une clé de licence signée
    .action = Une clé signée commence par FLK. Saisissez la clé d’un fournisseur comme clé déclarée.
error-licence-key-is-signed = C’est une clé de licence signée
    .action = Utilisez-la comme clé signée ; son contenu est lu dans la clé.
error-licence-key-character = Aucune clé de licence ne contient { $character } (position { $place })
    .action = Comparez la clé avec l’original.
error-licence-key-mistyped = Le groupe { $group } de la clé de licence contient une faute de frappe
    .action = Comparez ce groupe avec l’original. Les groupes sont comptés après FLK.
error-licence-key-truncated = La fin de la clé de licence manque
    .action = Copiez la clé entière ; elle peut s’étendre sur plusieurs lignes.
error-licence-key-extended = La clé de licence est suivie d’autre chose
    .action = Saisissez une seule clé.
error-licence-key-unknown-version = La clé de licence est de la version { $version }, inconnue de ce programme
    .action = Mettez Flotilla à jour, ou demandez un format plus ancien à l’émetteur.
error-licence-key-unknown-issuer = L’émetteur de la clé de licence n’est pas approuvé ({ $issuer })
    .action = Un administrateur peut ajouter l’émetteur après avoir comparé son empreinte.
error-licence-key-revoked-issuer = { $issuer }, l’émetteur de la clé de licence, a été révoqué
    .action = Demandez au vendeur une clé d’un autre émetteur.
error-licence-key-bad-signature = La signature de la clé de licence n’est pas valide
    .action = Comparez la clé avec l’original. Si elle est identique, ne l’utilisez pas et prévenez le vendeur.
error-licence-key-malformed = Le contenu de la clé de licence n’est pas valide
    .action = Prévenez l’émetteur : la clé a été mal établie.
error-licence-key-list-too-large = Le fichier est trop volumineux pour une liste de clés de licence
    .action = Répartissez-le en plusieurs fichiers.
error-licence-key-list-not-text = Le fichier n’est pas un texte en UTF-8
    .action = Enregistrez la liste au format « CSV UTF-8 ».
error-licence-key-list-empty = Le fichier ne contient aucune clé de licence
    .action = Écrivez une clé par ligne.
error-licence-key-list-too-many = Le fichier contient plus de { $limit } clés de licence
    .action = Répartissez-le en plusieurs fichiers.
error-licence-key-list-quoting = Ligne { $line } : un guillemet manque
    .action = Corrigez cette ligne.
error-licence-key-list-columns = La ligne { $line } a plusieurs colonnes
    .action = Ne conservez que la colonne des clés.
error-licence-key-quantity = La quantité doit être comprise entre 1 et { $limit }
    .action = Corrigez la quantité.
error-licence-key-years = La durée doit être comprise entre 1 et { $limit } ans
    .action = Corrigez la durée.
error-licence-key-order = La référence de commande est trop longue ou contient des caractères invisibles : { $limit } octets au plus
    .action = Raccourcissez la référence de commande.
error-licence-key-expansion = Une clé d’extension contient de 1 à { $limit } types de licence différents
    .action = Indiquez chaque type de licence une seule fois.
error-licence-key-upgrade = Une mise à niveau nécessite deux types de licence différents
    .action = Corrigez les types de licence.
error-licence-key-issued = La date d’émission est en dehors de la plage d’une clé de licence
    .action = Indiquez une date à partir du 2000-01-01.
error-licence-key-until = Le dernier jour de conversion de la clé précède sa date d’émission ou est hors limites
    .action = Corrigez la date.
error-licence-key-too-much = Le contenu est trop long pour une clé de licence
    .action = Répartissez-le sur plusieurs clés.
error-licence-issuer-too-large = Le fichier est trop volumineux pour la clé d’un émetteur
    .action = Choisissez le fichier de clé de l’émetteur.
error-licence-issuer-not-one = Le fichier ne contient pas d’émetteur de licences
    .action = Choisissez le fichier de la clé publique de l’émetteur.
error-licence-issuer-secret = Le fichier contient la clé secrète de l’émetteur
    .action = Supprimez cette copie. L’émetteur ne doit transmettre que le fichier de la clé publique.
error-licence-issuer-name = Le nom de l’émetteur manque, est trop long ou contient des caractères invisibles : { $limit } caractères au plus
    .action = Corrigez le nom.
error-licence-issuer-damaged = Le fichier de clé de l’émetteur est endommagé
    .action = Transférez le fichier à nouveau.
error-licence-issuer-other-fingerprint = L’empreinte indiquée dans le fichier ne correspond pas à sa clé
    .action = N’approuvez pas ce fichier. Demandez-en un nouveau à l’émetteur par un autre canal.
error-licence-issuer-weak = La clé de l’émetteur n’est pas sûre
    .action = Demandez une nouvelle clé à l’émetteur.
error-licence-issuer-not-a-secret = Le fichier ne contient pas la clé secrète d’un émetteur
    .action = Indiquez le fichier écrit par `flotilla-cli licence issuer-new`.
error-licence-issuer-too-costly = Le fichier de clé exige trop de mémoire
    .action = Utilisez un fichier de clé écrit par `flotilla-cli licence issuer-new`.
error-licence-issuer-passphrase = La phrase secrète n’ouvre pas la clé de l’émetteur
    .action = Saisissez la phrase secrète choisie à la création de la clé.
error-licence-issuer-passphrase-too-short = La phrase secrète doit compter au moins { $limit } caractères
    .action = Choisissez-en une plus longue ; plusieurs mots se retiennent facilement.
error-licence-file-too-large = Le fichier est trop volumineux
    .action = Choisissez un fichier système, un fichier de licence ou une confirmation. Rien n’a été modifié.
error-licence-file-not-ours = Ce n’est pas un fichier de licence de Flotilla
    .action = Choisissez le fichier écrit par le système. Rien n’a été modifié.
error-licence-file-changed-as-text = Le fichier a été altéré : un programme l’a traité comme du texte
    .action = Transférez l’original en mode binaire, sans l’ouvrir ni l’enregistrer. Rien n’a été modifié.
error-licence-file-still-packed = Le fichier est encore sous la forme codée d’une pièce jointe
    .action = Enregistrez la pièce jointe depuis la messagerie et choisissez le fichier enregistré. Rien n’a été modifié.
error-licence-file-unknown-version = Le fichier est de la version { $version }, inconnue de ce programme
    .action = Mettez Flotilla à jour. Rien n’a été modifié.
error-licence-file-truncated = Le fichier est incomplet : la fin manque
    .action = Transférez le fichier à nouveau. Rien n’a été modifié.
error-licence-file-extended = Le fichier contient des données après sa fin
    .action = Transférez l’original à nouveau. Rien n’a été modifié.
error-licence-file-damaged = Le fichier a été endommagé pendant le transfert
    .action = Transférez l’original à nouveau. Rien n’a été modifié.
error-licence-file-wrong-kind = Il s’agit d’{ $found ->
        [request] un fichier système
        [response] un fichier de licence
       *[other] une confirmation
    }
    .action = Choisissez le fichier demandé ici. Rien n’a été modifié.
error-licence-file-not-signed = Le fichier n’est pas signé
    .action = Utilisez le fichier écrit par le système lui-même. Rien n’a été modifié.
error-licence-file-unknown-key = Le fichier est signé avec une clé inconnue ({ $key })
    .action = Vérifiez sa provenance. Rien n’a été modifié.
error-licence-file-revoked-key = Le fichier est signé avec une clé révoquée ({ $key })
    .action = Demandez un fichier signé avec une clé valide. Rien n’a été modifié.
error-licence-file-bad-signature = La signature du fichier n’est pas valide
    .action = N’utilisez pas le fichier et vérifiez sa provenance. Rien n’a été modifié.
error-licence-file-duplicate-name = Le fichier contient deux fois le champ { $name }
    .action = Prévenez le fournisseur du système : le fichier est ambigu. Rien n’a été modifié.
error-licence-file-malformed = Le contenu du fichier n’est pas valide
    .action = Prévenez l’auteur du fichier. Rien n’a été modifié.
error-licence-file-wrong-system = Le fichier appartient à un autre système : { $system }
    .action = Choisissez le fichier de ce système. Rien n’a été modifié.
error-licence-file-wrong-product = Le fichier concerne un autre produit : { $product }
    .action = Choisissez le produit auquel le fichier est destiné. Rien n’a été modifié.
error-licence-file-already-read = Ce fichier a déjà été traité
    .action = Il n’y a rien à faire. Rien n’a été modifié.
error-licence-file-not-pending = Le fichier répond à une demande qui n’est pas en attente
    .action = Choisissez le fichier de la dernière demande du système. Rien n’a été modifié.
error-licence-file-sequence-not-higher = Le fichier est plus ancien qu’un fichier déjà traité (numéro { $found }, dernier { $last })
    .action = Créez un nouveau fichier sur le système. Rien n’a été modifié.
error-licence-file-not-yet-valid = Le fichier n’est pas valide avant le { $from }
    .action = Vérifiez l’horloge de cet ordinateur et celle du système. Rien n’a été modifié.
error-licence-file-expired = Le fichier était valable jusqu’au { $until }
    .action = Créez un nouveau fichier sur le système. Rien n’a été modifié.
error-licence-file-contents = Le fichier de licence ne peut pas être créé
    .action = Une valeur dépasse ses limites. Rien n’a été modifié.

## First start and database password

first-title = Configurer cet espace de travail
first-why = Il est nouveau et n’a pas encore de compte. Le premier est administrateur ; vous pourrez en ajouter d’autres.
first-encrypted = Chiffré
first-encrypted-why = Sans sa clé, la base de données est illisible.
first-folder = Sur cet ordinateur
first-offline = Sans réseau
first-offline-why = Rien ne quitte cet ordinateur tant que vous ne connectez pas de système.
first-join = Votre équipe partage un espace de travail ?
first-join-why = Travaillez-y depuis cet ordinateur. Rien n’y est conservé.
first-demo = Simple découverte ?
first-demo-why = Des clients fictifs dans un espace de travail séparé, supprimé à la fermeture.
first-demo-open = Explorer la flotte de démonstration
first-administrator = Premier administrateur
first-create = Créer l’espace de travail
key-choose-title = Choisir un mot de passe de la base de données
key-choose-why = Cet ordinateur n’a pas de trousseau pour conserver la clé. Le mot de passe protège tout ce que Flotilla enregistre et vous est demandé à chaque démarrage.
key-choose-care = Il est irrécupérable : sans lui, l’espace de travail ne s’ouvre plus.
key-choose-do = Définir le mot de passe
key-unlock-title = L’espace de travail est verrouillé
key-unlock-why = Saisissez le mot de passe de la base de données pour l’ouvrir.
key-unlock-do = Déverrouiller
opening-title = Ouverture de l’espace de travail
opening-why = Déchiffrement de sa base de données.
opening-demo-title = Préparation de la flotte de démonstration
opening-demo-why = Des systèmes simulés démarrent sur cet ordinateur et sont lus pour la première fois.
migrating-title = Mise à niveau de l’espace de travail
migrating-why = Il provient d’une version antérieure de Flotilla. Une sauvegarde a été faite ; une mise à niveau interrompue recommence au prochain démarrage.
migrating-steps = { $done } étapes sur { $total }
key-password = Mot de passe de la base de données

## Session

account-login = Nom de connexion
account-login-hint = 15 caractères au plus
account-password = Mot de passe
account-password-again = Confirmer le mot de passe
account-password-present = Mot de passe actuel
account-password-new = Nouveau mot de passe
account-password-new-again = Confirmer le nouveau mot de passe
account-first-name = Prénom
account-last-name = Nom
account-email = E-mail
account-telephone = Téléphone
account-mobile = Mobile
password-rule-length = De { $least } à { $most } caractères
password-rule-kinds = Deux types : majuscules, minuscules, chiffres, symboles
password-rule-login = Sans le nom de connexion
password-rule-met = respectée
password-rule-open = pas encore respectée
sign-in-title = Se connecter
sign-in-do = Se connecter
sign-in-again = Session terminée
sign-in-again-why = Connectez-vous en tant que { $login } pour continuer ; votre saisie est conservée.
sign-in-restarted = Flotilla a redémarré
sign-in-restarted-why = Un redémarrage met fin à toutes les sessions. Connectez-vous en tant que { $login } pour continuer ; votre saisie est conservée.
sign-in-other = Se connecter avec un autre compte
sign-in-changed = Le mot de passe a été modifié. Connectez-vous avec le nouveau.
sign-in-demo = Ouvrir la démonstration
sign-in-demo-title = Flotte de démonstration
sign-in-demo-why = Clients fictifs et systèmes simulés ; aucun mot de passe requis.
sign-in-capslock = La touche Verr. Maj est activée
join-open = Rejoindre un espace de travail partagé…
join-title = Rejoindre un espace de travail partagé
join-why = Indiquez l’adresse du serveur. Flotilla s’y connecte et affiche son certificat ; rien d’autre n’est envoyé.
join-address = Adresse IP ou nom de domaine
join-port = Port
join-connect = Se connecter
join-met = Présenté par le serveur
join-compare = Comparez l’empreinte SHA-256 à celle que le serveur a affichée à son démarrage. Une fois ce certificat accepté, Flotilla ne se connecte qu’à un serveur qui le présente.
join-accept = Accepter le certificat et rejoindre
joined-title = Espace de travail partagé
joined-leave = Quitter l’espace de travail partagé
joined-leave-short = Quitter
session-version = Flotilla { $version }
session-theme = Basculer entre clair et sombre
terms-title = Conditions de licence
terms-why = Vous devez les accepter pour continuer. Elles vous seront de nouveau présentées si elles changent.
terms-accept = Accepter
terms-decline = Refuser et se déconnecter
change-title = Choisir un nouveau mot de passe
change-why = Le mot de passe de { $login } doit d’abord être modifié. Connectez-vous ensuite avec le nouveau.
change-do = Modifier le mot de passe
watch-title = Déconnexion dans { $seconds } s
watch-title-spoken = Déconnexion dans moins d’une minute
watch-why = Aucune activité depuis un moment. Les tâches en cours continuent.
watch-why-latest = Une session dure 12 heures au plus.
watch-stay = Rester connecté
demo-banner = Flotte de démonstration
demo-banner-why = Clients fictifs, systèmes simulés ; tout est supprimé à la fermeture.

## Profile

profile-title = Profil
profile-picture = Photo de profil
profile-picture-hint = PNG, JPEG ou WebP, 5 Mio et 4 096 pixels de côté au plus ; recadrée en carré.
profile-picture-choose = Choisir une photo…
profile-picture-remove = Supprimer la photo
profile-picture-changed = Photo de profil modifiée
profile-picture-removed = Photo de profil supprimée
profile-person = Coordonnées
profile-saved = Profil enregistré
profile-appearance = Apparence
profile-appearance-why = Effet immédiat, aussi sur vos autres ordinateurs.
profile-language = Langue
profile-theme = Thème
profile-theme-light = Clair
profile-theme-dark = Sombre
profile-theme-system = Réglage du système
profile-density = Densité
profile-density-comfortable = Aérée
profile-density-compact = Compacte
profile-zone = Fuseau horaire
profile-zone-machine = Celui de cet ordinateur : { $zone }
profile-zone-now = Heure actuelle dans ce fuseau : { $time }
profile-password = Mot de passe
profile-password-why = Le modifier vous déconnecte partout ; reconnectez-vous ensuite avec le nouveau.
profile-password-change = Modifier le mot de passe…
profile-account = Compte
profile-account-why = Seul un administrateur peut les modifier.
profile-last-sign-in = Dernière connexion
profile-expires = Expire le
profile-expires-never = Jamais
profile-edit-own = Modifier mes coordonnées

## Accounts

accounts-title = Comptes
accounts-act-edit = Modifier le compte sélectionné
accounts-act-delete =
    { $count ->
        [0] Supprimer les comptes sélectionnés
        [one] Supprimer le compte sélectionné
       *[other] Supprimer { $number } comptes
    }
accounts-add = Ajouter un compte
accounts-add-command = Ajouter un compte…
accounts-new = Nouveau compte
accounts-added = Compte { $login } ajouté
accounts-saved = Compte { $login } enregistré
accounts-role = Rôle
accounts-role-administrator = Administrateur
accounts-role-operator = Opérateur
accounts-role-administrator-hint = Accès complet à toutes les organisations
accounts-role-operator-hint = Uniquement les organisations dont il est membre
accounts-labels = Libellés
accounts-labels-hint = Tout système dont le fournisseur ou le revendeur porte l’un de ces noms est assigné à cet opérateur.
accounts-person = Coordonnées
accounts-names-hint = 31 caractères au plus ensemble
accounts-state = État
accounts-enabled = Activé
accounts-enabled-hint = Un compte désactivé ne peut pas se connecter ; ses sessions se terminent aussitôt.
accounts-must-change = Doit modifier le mot de passe à la prochaine connexion
accounts-expires = Expire à une date donnée
accounts-expires-on = Désactivé à partir du
accounts-password-hint = Laissez vide pour conserver l’actuel
accounts-protected = Ce compte ne peut être ni supprimé, ni désactivé, ni rétrogradé : c’est le vôtre ou le seul administrateur activé.
accounts-self = Votre propre compte ne peut pas être supprimé.
accounts-delete-title =
    { $count ->
        [0] Ne supprimer aucun compte ?
        [one] Supprimer le compte { $name } ?
       *[other] Supprimer { $number } comptes ?
    }
accounts-delete-body = Ces comptes ne pourront plus se connecter et leurs sessions se terminent aussitôt. Le journal d’audit conserve leurs actions.
accounts-delete-erase = Effacer aussi les données personnelles
accounts-delete-erase-hint = Noms, coordonnées et photo de profil sont effacés partout ; le journal d’audit ne garde qu’un identifiant. Irréversible.
accounts-delete-do =
    { $count ->
        [0] Supprimer 0 compte
        [one] Supprimer le compte
       *[other] Supprimer { $number } comptes
    }
accounts-deleted =
    { $count ->
        [0] 0 compte supprimé
        [one] 1 compte supprimé
       *[other] { $number } comptes supprimés
    }
accounts-empty = Aucun compte
accounts-empty-why = Les personnes qui peuvent se connecter à cet espace de travail figurent ici.
accounts-you = Vous
list-accounts-login = Nom de connexion
list-accounts-role = Rôle
list-accounts-labels = Libellés
list-accounts-first_name = Prénom
list-accounts-last_name = Nom
list-accounts-telephone = Téléphone
list-accounts-mobile = Mobile
list-accounts-email = E-mail
list-accounts-enabled = Activé
list-accounts-must_change_password = Mot de passe à modifier
list-accounts-expires_on = Expiration
list-accounts-last_sign_in = Dernière connexion
list-accounts-second_factor = Authentification à deux facteurs
list-accounts-has_avatar = Photo de profil
choice-accounts-role-administrator = Administrateur
choice-accounts-role-operator = Opérateur

## Preferences

preferences-title = Préférences
preferences-saved = Préférences enregistrées
preferences-discard = Annuler les modifications
preferences-unsaved = Modifications non enregistrées
preferences-invalid = Vérifiez les champs signalés
preferences-signing-in = Connexion
preferences-signing-in-why = Pour tous les comptes de cet espace de travail.
preferences-timeout = Délai d’expiration de la session
preferences-timeout-hint = De 5 à 30 minutes sans activité
preferences-policy = Règles de mot de passe
preferences-policy-classic = Classique
preferences-policy-classic-hint = De 8 à 31 caractères, d’au moins deux types
preferences-policy-passphrase = Phrase secrète
preferences-policy-passphrase-hint = De 15 à 128 caractères de tout type
preferences-history = Historique des mots de passe
preferences-history-hint = De 0 à 24 anciens mots de passe non réutilisables
preferences-operators-create = Les opérateurs peuvent créer des organisations
preferences-operators-create-hint = Qui en crée une en devient propriétaire.
preferences-licences = Licences
preferences-licences-why = Ce qui vaut pour les licences de toutes les organisations.
preferences-rehosts = Systèmes perdus pouvant être remplacés
preferences-rehosts-hint = Nombre de systèmes hors ligne d’un produit d’une organisation, de 0 à 100, pouvant être remplacés avant une restitution.
preferences-polling = Surveillance
preferences-polling-why = Intervalle d’interrogation de chaque connexion.
preferences-interval = Intervalle
preferences-interval-hint = De 15 à 86 400 secondes
preferences-concurrency = Interrogations simultanées
preferences-concurrency-hint = De 1 à 512 connexions à la fois
preferences-follow = Suivre les périphériques à leurs nouvelles adresses
preferences-follow-hint = Un périphérique qui ne répond pas depuis 10 minutes est recherché sur les réseaux de cet ordinateur, au plus une fois par heure. Il est suivi dans son réseau si le numéro de série et le certificat concordent.
preferences-jobs = Tâches
preferences-jobs-why = Combien de systèmes sont traités à la fois, et jusqu’à quand une tâche peut commencer.
preferences-job-concurrency = Systèmes à la fois
preferences-job-concurrency-hint = 1 à 512, dans tout l’espace de travail
preferences-job-per-customer = Systèmes d’un même client à la fois
preferences-job-per-customer-hint = 1 à 512
preferences-job-uploads = Envois à la fois
preferences-job-uploads-hint = 1 à 64
preferences-job-tolerance = Retard admis au début
preferences-job-tolerance-hint = 0 à 10 080 ; au-delà, une tâche est considérée comme manquée
preferences-job-approval = Une deuxième personne approuve chaque tâche
preferences-job-approval-hint = Une tâche ne commence que lorsqu’une autre personne que son auteur l’a approuvée.
preferences-zone = Fuseau horaire de l’espace de travail
preferences-zone-hint = Pour les dates telles que l’expiration des comptes
preferences-way = Proxy
preferences-way-why = Pour les connexions sans réglage propre.
preferences-proxy = Mode de connexion
preferences-proxy-direct = Directe
preferences-proxy-http_connect = Par un proxy HTTP (CONNECT)
preferences-proxy-socks5 = Par un proxy SOCKS5
preferences-proxy-host = Adresse du proxy
preferences-proxy-port = Port
preferences-applications = Applications de gestion
preferences-applications-why = Adresses à ouvrir. {"{"}host{"}"} et {"{"}port{"}"} sont remplacés par ceux du client.
preferences-application-one_x_portal = one-X Portal
preferences-application-web_license_manager = Web License Manager
preferences-application-web_control = Web Control
preferences-application-web_manager = Web Manager
preferences-consoles = Consoles des clusters
preferences-consoles-why = Adresses des journaux et tableaux de bord, pour les administrateurs.
preferences-consoles-none = Aucune console n’a été ajoutée.
preferences-reseller = Revendeur
preferences-reseller-why = Votre propre contact pour l’achat de licences. Il est présenté aux membres de vos organisations là où des licences manquent.
preferences-reseller-name = Nom
preferences-reseller-telephone = Téléphone
preferences-reseller-email = E-mail
preferences-reseller-web = Adresse web
preferences-console-name = Nom
preferences-console-url = Adresse
preferences-console-add = Ajouter une console
preferences-console-remove = Retirer { $name }
preferences-terms = Conditions de licence
preferences-terms-why = Présentées à chaque compte jusqu’à acceptation ; un texte modifié est présenté de nouveau.
preferences-terms-on = Demander l’acceptation
preferences-terms-text = Texte
preferences-terms-version = Version { $version }
preferences-logs = Journaux
preferences-logs-why = Effet immédiat.
preferences-log-level = Niveau des journaux
preferences-log-level-error = Erreurs
preferences-log-level-info = Informations
preferences-log-level-debug = Débogage
preferences-log-level-debug-hint = Le débogage produit de gros journaux et ralentit Flotilla ; rétablissez le niveau ensuite.
preferences-log-days = Conservation en jours
preferences-log-days-hint = De 1 à 30
preferences-minutes = min
preferences-seconds = s
preferences-days = jours

## Audit log

audit-title = Journal d’audit
audit-verify = Vérifier
audit-export = Exporter le journal
audit-verify-command = Vérifier le journal d’audit
audit-export-command = Exporter le journal d’audit
audit-verification = Vérification
audit-verifying = Vérification de chaque entrée depuis la première
audit-whole-so-far = Journal intact jusqu’à l’entrée { $entries }
audit-whole-so-far-why = Chaque entrée concorde avec la précédente. On ignore si des entrées ultérieures ont été supprimées : comparez avec une empreinte finale conservée ailleurs.
audit-whole = Journal intact
audit-whole-why = Chaque entrée concorde avec la précédente et le journal se termine par l’empreinte indiquée : rien n’a été modifié ni supprimé.
audit-held = Journal intact : l’entrée { $entry } a cette empreinte
audit-held-why =
    { $later ->
        [one] Jusqu’à elle, rien n’a été modifié ni supprimé. { $number } entrée a été ajoutée depuis.
       *[other] Jusqu’à elle, rien n’a été modifié ni supprimé. { $number } entrées ont été ajoutées depuis.
    }
audit-cut = Aucune entrée n’a cette empreinte
audit-cut-why = Des entrées ont été supprimées à la fin du journal, ou l’empreinte est celle d’un autre espace de travail. Conservez l’espace de travail en l’état et comparez-le à une sauvegarde.
audit-broken = Entrée { $entry } altérée
audit-broken-why = Elle a été modifiée, ou une entrée précédente manque. Conservez l’espace de travail en l’état et comparez-le à une sauvegarde.
audit-entries = Entrées
audit-entries-good = Entrées intactes
audit-head = Empreinte finale (SHA-256)
audit-compare = Empreinte à comparer
audit-compare-hint = L’empreinte finale d’un export, d’une sauvegarde ou d’un document. Seule une comparaison montre si des entrées manquent à la fin.
audit-compare-do = Comparer
audit-compare-without = Sans comparaison
audit-compare-invalid = Une empreinte SHA-256 compte 64 chiffres, de 0 à 9 et de a à f
audit-exported = { $name } enregistré
audit-entry = Entrée { $sequence }
audit-details = Détails
audit-details-none = Aucun autre détail n’a été consigné.
audit-nobody = Non connecté
audit-origin-desktop = Cet ordinateur
audit-origin-command-line = Ligne de commande
audit-origin-service = Flotilla
audit-flotilla = Flotilla
audit-empty = Aucune entrée
audit-empty-why = Tout ce qui est fait dans cet espace de travail est consigné ici, y compris les tentatives refusées.
list-audit-sequence = N°
list-audit-at = Date et heure
list-audit-who = Utilisateur
list-audit-origin = Origine
list-audit-act = Action
list-audit-organization = Organisation
list-audit-subject = Cible
list-audit-result = Résultat
list-audit-details = Détails
choice-audit-result-done = Effectué
choice-audit-result-refused = Refusé
choice-audit-result-failed = Échec

## Acts of the audit log

act-workspace-create_first = Espace de travail configuré
act-server-refuse = Refusé sur le réseau
act-session-sign_in = Connexion
act-session-touch = Session prolongée
act-session-sign_out = Déconnexion
act-session-accept_terms = Conditions de licence acceptées
act-session-change_password = Mot de passe modifié par l’utilisateur
act-session-choose_organization = Organisation choisie
act-profile-save = Coordonnées modifiées par l’utilisateur
act-profile-save_appearance = Apparence modifiée
act-profile-set_avatar = Photo de profil définie
act-profile-remove_avatar = Photo de profil supprimée
act-accounts-add = Compte ajouté
act-accounts-save = Compte modifié
act-accounts-delete = Comptes supprimés
act-accounts-expire = Compte expiré
act-accounts-reset = Compte réinitialisé
act-licences-register = Produit enregistré
act-licences-dismiss_notice = Avis de licences écarté
act-workspace-test_clock = Copie d’essai ouverte à une autre date
act-licences-start_trial = Essai démarré
act-licences-start = Abonnement démarré
act-licences-redeem_declared = Clés de licence converties
act-licences-redeem = Clés de licence signées ou déclarées converties
act-licences-allocate = Licences allouées
act-licences-transfer = Licences transférées
act-licences-recall = Transfert rappelé
act-licences-allocate_to_system = Licences allouées à un système
act-licences-use_upgrade = Licences de mise à niveau utilisées
act-licences-set_requirement = Besoin de licences modifié
act-licences-open = Solde d’ouverture saisi
act-licences-end = Abonnement résilié
act-licences-reverse = Écriture de licence annulée
act-licences-reconcile = Comptes de licences rapprochés
act-licences-read_system_file = Fichier système lu
act-licences-accept_system_file = Fichier système accepté
act-licences-issue_offline = Fichier de licence émis
act-licences-confirm_offline = Fichier de confirmation traité
act-licences-attest_offline = Issue d’un fichier de licence attestée
act-licences-lapse_offline = Fichier de licence déclaré caduc
act-licences-save_offline = Fichier de licence enregistré
act-licences-save_issuer = Clé publique enregistrée
act-licences-register_hardware = Matériel enregistré
act-licences-remove_hardware = Matériel retiré
act-licences-export = Registre des licences exporté
act-licence_catalogue-save = Catalogue de produits modifié
act-licence_issuers-add = Émetteur de clés de licence ajouté
act-licence_issuers-revoke = Émetteur de clés de licence révoqué
act-licence_issuers-restore = Émetteur de clés de licence approuvé à nouveau
act-organizations-create = Organisation créée
act-organizations-save = Organisation modifiée
act-organizations-set_grants = Rôle et dossiers d’un membre modifiés
act-organizations-archive = Organisation archivée
act-organizations-restore = Organisation restaurée
act-folders-create = Dossier créé
act-folders-rename = Dossier renommé
act-folders-move = Dossier déplacé
act-folders-delete = Dossier supprimé
act-folders-move_systems = Systèmes déplacés vers un autre dossier
act-systems-save_application = Application connectée enregistrée
act-systems-remove_applications = Applications connectées retirées
act-customers-test = Connexion testée
act-customers-choose_main = Connexion principale choisie
act-customers-save = Client enregistré
act-repository-add = Fichier choisi pour le référentiel
act-repository-added = Fichier ajouté au référentiel
act-repository-append = Partie d’un fichier reçue
act-repository-begin_upload = Envoi vers le référentiel commencé
act-repository-fetch = Téléchargement vers le référentiel commencé
act-repository-resume = Ajout d’un fichier repris
act-repository-start_over = Ajout d’un fichier recommencé
act-repository-discard = Ajout d’un fichier abandonné
act-repository-save = Fichier du référentiel corrigé
act-repository-verify = Vérification du référentiel demandée
act-repository-verified = Fichier du référentiel vérifié
act-repository-subscribe = Référentiel distant suivi
act-repository-refresh = Référentiel distant lu
act-repository-unsubscribe = Référentiel distant abandonné
act-repository-fetch_remote = Téléchargement depuis un référentiel distant commencé
act-repository-delete = Fichier du référentiel supprimé
act-repository-hand_out = Fichier du référentiel enregistré ailleurs
act-customers-edit = Clients modifiés
act-customers-delete = Clients supprimés
act-customers-refresh = Clients actualisés
act-customers-launch = Application lancée
act-customers-import_open = Importation ouverte
act-customers-import_options = Options d’importation modifiées
act-customers-import_map = Colonnes d’importation attribuées
act-customers-import_fill = Valeurs d’importation manquantes indiquées
act-customers-import_export = Clients exportés pour importation
act-customers-import_edit = Ligne d’importation modifiée
act-customers-import_remove = Lignes d’importation retirées
act-customers-import_test = Importation testée
act-customers-import_trust = Certificats d’importation acceptés
act-customers-import_save = Importation enregistrée
act-customers-import_discard = Importation abandonnée
act-customers-import_delete_file = Fichier d’importation supprimé
act-customers-import_expire = Liste d’attente expirée
act-devices-add = Périphériques ajoutés
act-devices-create_account = Compte créé sur des périphériques
act-devices-set_password = Mot de passe modifié sur des périphériques
act-devices-delete_account = Compte supprimé sur des périphériques
act-devices-rotate_password = Mot de passe de Flotilla renouvelé sur des périphériques
act-devices-restart = Périphériques redémarrés
act-devices-roll_back = Micrologiciel de périphériques rétabli
act-devices-factory_default = Périphériques réinitialisés aux valeurs d’usine
act-devices-upgrade = Mise à niveau logicielle de périphériques demandée
act-jobs-approve = Tâche approuvée
act-jobs-pause = Tâche mise en pause
act-jobs-resume = Tâche reprise
act-jobs-stop = Tâche arrêtée
act-jobs-delete = Tâche supprimée
act-jobs-go_on = Vague suivante d’une tâche commencée
act-jobs-retry = Systèmes en échec d’une tâche réessayés
act-jobs-end = Tâche terminée
act-jobs-copy = Tâche copiée
act-devices-install_application = Application installée sur des périphériques
act-devices-start_application = Application démarrée sur des périphériques
act-devices-stop_application = Application arrêtée sur des périphériques
act-devices-remove_application = Application supprimée de périphériques
act-devices-commission = Périphériques mis en service
act-devices-remove = Périphériques retirés
act-devices-transfer = Périphériques déplacés vers une autre organisation
act-devices-follow = Périphérique suivi à sa nouvelle adresse
act-devices-interrupted = Action sur des périphériques interrompue
act-devices-import_open = Importation de périphériques ouverte
act-devices-import_options = Options d’importation de périphériques modifiées
act-devices-import_map = Colonnes d’importation de périphériques attribuées
act-devices-import_fill = Valeurs d’importation de périphériques manquantes indiquées
act-devices-import_edit = Ligne d’importation de périphériques modifiée
act-devices-import_remove = Lignes d’importation de périphériques retirées
act-devices-import_test = Importation de périphériques testée
act-devices-import_trust = Certificats d’importation de périphériques acceptés
act-devices-import_save = Importation de périphériques enregistrée
act-devices-import_discard = Importation de périphériques abandonnée
act-devices-import_delete_file = Fichier d’importation de périphériques supprimé
act-discovery-start = Recherche de périphériques lancée
act-discovery-stop = Recherche de périphériques arrêtée
act-credential_sets-save = Jeu d’identifiants enregistré
act-credential_sets-delete = Jeu d’identifiants supprimé
act-connections-test = Connexion testée
act-connections-save = Connexion enregistrée
act-connections-remove = Connexions retirées
act-connections-refresh = Connexions actualisées
act-connections-monitor = Surveillance de connexions activée ou désactivée
act-connections-accept_certificate = Certificat accepté
act-lists-save_view = Vue enregistrée
act-lists-delete_view = Vue supprimée
act-lists-save_columns = Colonnes modifiées
act-lists-export = Liste exportée
act-work-cancel = Tâche annulée
act-administration-restart_service = Service redémarré
act-preferences-save = Préférences modifiées
act-audit-export = Journal d’audit exporté
preferences-index = Rubriques
preferences-part-command = Préférences : { $part }

## Application centre

centre-title = Centre d’applications
centre-services = Services
centre-service = Service
centre-state = État
centre-since = Depuis
centre-last-error = Dernière erreur
centre-running = En service
centre-stopped = Arrêté
centre-elsewhere = S’exécute dans une autre instance de Flotilla
centre-version = Version
centre-acts = Actions
centre-restart = Redémarrer
centre-restarted = Redémarrage : { $service }
centre-log = Journal
centre-log-of = Journal : { $service }
centre-log-again = Recharger
centre-log-none = Rien n’a été consigné aujourd’hui
service-poller = Interrogation des connexions
service-poller-why = Interroge chaque connexion sur l’état de ses systèmes
centre-poller = Interrogation des connexions
centre-poller-connections = Connexions interrogées
centre-poller-in-flight = En cours
centre-poller-backed-off = Différées après échec
centre-poller-interval = Intervalle configuré
centre-poller-round = Durée d’un cycle
centre-poller-polls = Interrogations depuis le démarrage
centre-poller-stretched = Les cycles durent { $factor } fois l’intervalle
centre-poller-stretched-why = Avec { $connections } connexions toutes les { $interval } s, la limite d’interrogations simultanées est atteinte. Augmentez l’intervalle ou cette limite.
centre-poller-on-time = À l’heure
centre-to-preferences = Préférences
centre-console-open = Ouvrir
centre-about = À propos
centre-about-version = Version
centre-about-folder = Dossier des données
centre-about-database = Taille de la base de données
centre-about-key = Clé de la base de données
centre-about-key-keychain = Aléatoire, dans le trousseau du système
centre-about-key-password = Dérivée du mot de passe de la base de données
centre-about-accounts = Comptes
centre-about-organizations = Organisations
centre-about-systems = Systèmes
centre-none = Aucun service n’a encore communiqué son état
centre-copy = Copier le texte

## Frame, work

work-import_test = Test des connexions
work-import_first_accounts = Création de premiers comptes
work-device_act = Action sur des périphériques
work-repository_add = Ajout d’un fichier au référentiel
work-repository_verify = Vérification de fichiers
work-import_save = Enregistrement d’une importation
work-refresh = Actualisation
work-edit = Modification de clients
work-deletion = Suppression de clients
work-move = Déplacement de systèmes
work-removal = Retrait de connexions
work-monitoring = Changement de la surveillance
work-application_removal = Retrait d’applications connectées
work-export = Exportation

## Desktop: tray and file dialogs

tray-open = Ouvrir Flotilla
tray-quit = Quitter
file-kind-csv = Fichiers CSV
file-kind-picture = Images
file-kind-system = Fichiers système
file-kind-package = Tous les fichiers

## Shared, lengths of time

unit-second = { $count } s
unit-minute = { $count } min
unit-hour = { $count } h
unit-day = { $count } j

## Command line

cli-workspace-made = L’espace de travail est prêt ; {$login} en est l’administrateur.
cli-account-reset = {$login} a un nouveau mot de passe. Chaque administrateur en est informé à sa prochaine connexion.
cli-import-file-remains = { $file } contient toujours des mots de passe en clair. Supprimez-le, ou importez avec --delete-file.
cli-import-file-deleted = { $file } contenait des mots de passe en clair et a été supprimé.
cli-import-undecided = Le contenu des colonnes de ce fichier n’est pas connu. Importez-le une fois avec l’assistant et attribuez-les ; Flotilla le mémorise pour les fichiers ayant les mêmes colonnes.
cli-import-not-saved = Rien n’a été enregistré. Importez avec --yes pour tester les lignes et enregistrer celles qui se connectent.
cli-import-testing = Test { $done } sur { $total }
cli-import-left =
    { $count ->
        [0] Toutes les lignes ont été enregistrées
        [one] Une ligne n’a pas été enregistrée
       *[other] { $number } lignes n’ont pas été enregistrées
    }
cli-import-factory-new =
    { $count ->
        [0] Aucun périphérique sorti d’usine n’attend son premier compte.
        [one] Un périphérique sorti d’usine attend son premier compte. Importez avec --first-account pour lui donner l’utilisateur et le mot de passe de sa ligne.
       *[other] { $number } périphériques sortis d’usine attendent leur premier compte. Importez avec --first-account pour leur donner l’utilisateur et le mot de passe de leur ligne.
    }
cli-ask-service-password = Mot de passe de l’utilisateur de service :
cli-ask-account = Compte :
cli-ask-again = Répéter :
cli-ask-device-password = Mot de passe des périphériques :
cli-ask-database-password = Mot de passe de la base de données :
cli-ask-first-password = Mot de passe du premier administrateur :
cli-ask-new-database-password = Nouveau mot de passe de la base de données :
cli-ask-new-password = Nouveau mot de passe :
cli-ask-password = Mot de passe :
cli-ask-issuer-passphrase = Phrase secrète de la clé de l’émetteur :
cli-ask-new-issuer-passphrase = Nouvelle phrase secrète pour la clé de l’émetteur :
cli-issuer-made = { $name } peut émettre des clés de licence. Empreinte : { $fingerprint }. Transmettez { $file } aux administrateurs qui doivent l’approuver.
cli-audit-whole-so-far = Journal d’audit intact jusqu’à l’entrée {$entries} ; on ignore si des entrées manquent après elle. Comparez son empreinte finale {$head}, ou indiquez celle attendue avec --head
cli-audit-whole = Journal d’audit intact : {$entries} entrées, empreinte finale {$head}
cli-several-devices = Plusieurs périphériques correspondent à { $name } ; rien n’a été fait
    .action = Indiquez le numéro de série ou l’adresse de l’un d’eux :
cli-several-jobs = Plusieurs tâches s’appellent { $name } ; rien n’a été fait
    .action = Indiquez l’identifiant de l’une d’elles :
cli-several-packages = Plusieurs paquets correspondent à { $name } ; rien n’a été fait
    .action = Indiquez le SHA-256 de l’un d’eux :
cli-certificate-not-trusted = Cet ordinateur ne fait pas confiance au certificat de { $host }, qui n’a pas encore été accepté ; rien n’a été téléchargé
    .action = Comparez son SHA-256 avec les indications du fournisseur. S’ils concordent, relancez la commande avec --accept { $sha256 }
clock-before-1970 = L’horloge de cet ordinateur indique une date antérieure à 1970 ; réglez-la à la date du jour, puis redémarrez Flotilla.

## Details of audit entries

audit-detail-product = produit
audit-detail-operation = opération
audit-detail-date = date
audit-detail-start = début
audit-detail-keys = clés
audit-detail-licences = licences
audit-detail-signed_by = signées par
audit-detail-fingerprint = empreinte
audit-detail-years = années
audit-detail-system = système
audit-detail-type = type
audit-detail-needed = besoin
audit-detail-reference = référence
audit-detail-entry = écriture
audit-detail-serial = numéro de série
audit-detail-model = modèle
audit-detail-number = numéro de fichier
audit-detail-entries = entrées
audit-detail-head = empreinte finale
audit-detail-reason = motif
audit-detail-service = service
audit-detail-views_taken_over = vues reprises
audit-detail-work = tâche
audit-detail-account = compte
audit-detail-done = fait
audit-detail-total = sur
audit-detail-systems = systèmes
audit-detail-customers = clients
audit-detail-connections = connexions
audit-detail-alarms = alarmes
audit-detail-accounts = comptes
audit-detail-application = application
audit-detail-host = adresse
audit-detail-kind = type
audit-detail-port = port
audit-detail-file = fichier
audit-detail-bytes = octets
audit-detail-list = liste
audit-detail-status = statut
audit-detail-url = adresse
audit-detail-error = erreur
audit-detail-refused = refusés
audit-detail-new = nouveau
audit-detail-on = surveillées
audit-detail-without_contact = sans contact
audit-detail-role = rôle
audit-detail-erased = données personnelles effacées
audit-detail-password = nouveau mot de passe
audit-detail-version = version
audit-detail-changed = modifié
audit-detail-added = ajouts
audit-detail-updated = mises à jour
audit-detail-changed_meanwhile = modifiés entre-temps
audit-detail-unchanged = sans changement
audit-detail-left = restants
audit-detail-certificates = certificats
audit-detail-count = nombre
audit-detail-organizations = organisations
audit-detail-row = ligne
audit-detail-rows = lignes
audit-detail-columns = colonnes
audit-detail-remembered = correspondance mémorisée
audit-detail-user_name = nom d’utilisateur
audit-detail-size = octets
audit-detail-sha256 = SHA-256
audit-detail-packages = fichiers
audit-detail-folders = dossiers
audit-detail-folder = dossier
audit-detail-before = avant
audit-detail-into = vers
audit-detail-grants_revoked = accès retirés
audit-detail-ids = identifiants
audit-detail-part = partie
audit-detail-parts = sur
audit-reason-foreign-origin = page d’une autre origine
audit-reason-missing-header = appel sans l’en-tête des pages du programme
audit-reason-foreign-host = hôte non servi
audit-reason-foreign-file = fichier d’une autre session
audit-reason-host-only = commande réservée à cette machine
audit-reason-waiting = trop de tentatives
audit-reason-locked = verrouillé
audit-reason-unknown = nom de connexion inconnu
audit-reason-password = mot de passe incorrect
audit-reason-expired = expiré
audit-reason-disabled = désactivé

## Dashboard

dashboard-count = {$customers} clients, {$systems} systèmes
dashboard-live = {$at} · en direct
dashboard-all = Total : { $count }
dashboard-percent = {$value} %
dashboard-less = <{$value}
dashboard-connections = Clients par connexion
dashboard-states = Systèmes par état
dashboard-no-systems = Aucun système n’a encore été lu.
dashboard-versions = Versions logicielles
dashboard-version = Version
dashboard-version-unknown = Inconnue
dashboard-alarms = Alarmes par type et gravité
dashboard-no-alarms = Aucune alarme ouverte.
dashboard-sum = Total
dashboard-all-types = Tous les types
dashboard-profiles = Profils cloud
dashboard-profile-unknown = Sans profil
dashboard-cloud = Tous les clients cloud
dashboard-tags = Étiquettes
dashboard-no-tags = Aucun client n’a d’étiquette.
dashboard-licences = Licences des systèmes expirées ou arrivant à expiration
dashboard-no-licences = Aucune licence n’a expiré ni n’expire dans les 90 jours.
dashboard-certificates = Certificats expirés ou arrivant à expiration
dashboard-no-certificates = Aucun certificat n’a expiré ni n’expire dans les 90 jours.
dashboard-versions-all = Les { $count } versions
dashboard-tags-all = Les { $count } étiquettes
dashboard-tagged = Clients avec étiquettes
dashboard-fewer = Afficher moins
dashboard-within = sous { $days } jours
dashboard-expired =
    { $of ->
        [licence_until] expirées
       *[other] expirés
    }
dashboard-empty = Aucun client pour l’instant
dashboard-empty-why = Le tableau de bord résume ce que signalent les systèmes de vos clients. Importez une liste de clients ou ajoutez le premier manuellement.
dashboard-empty-import = Importer des clients…
dashboard-empty-add = Ajouter un client

## Systems

systems-stopped = {$stopped} sur {$all}
systems-empty = Aucun système pour l’instant
systems-empty-why = Les systèmes apparaissent ici dès que le système principal d’un client a été lu.
systems-empty-act = Voir les clients
system-state-upgrading = Mise à niveau
system-state-certificate_changed = Certificat modifié
system-state-needs_setup = À configurer
system-state-authentication_failed = Identifiants refusés
system-state-unreachable = Injoignable
system-state-reachable_no_api = Joignable, sans API
system-state-limited_api = API limitée
system-state-online = En ligne
system-state-unknown = Inconnu
list-systems-state = État
list-systems-name = Nom
list-systems-customer = Client
list-systems-kind = Type
list-systems-role = Rôle
list-systems-model = Édition ou modèle
list-systems-serial = Numéro de série
list-systems-host = Adresse
list-systems-version = Version
list-systems-alarms = Alarmes
list-systems-services = Services
list-systems-stopped_services = Services arrêtés
list-systems-last_contact = Dernier contact
choice-systems-state-upgrading = Mise à niveau
choice-systems-state-certificate_changed = Certificat modifié
choice-systems-state-needs_setup = À configurer
choice-systems-state-authentication_failed = Identifiants refusés
choice-systems-state-unreachable = Injoignable
choice-systems-state-reachable_no_api = Joignable, sans API
choice-systems-state-limited_api = API limitée
choice-systems-state-online = En ligne
choice-systems-state-unknown = Inconnu
choice-systems-kind-telephone_server = Serveur téléphonique
choice-systems-kind-video_server = Serveur vidéo
choice-systems-kind-camera = Caméra
choice-systems-kind-connected_application = Application connectée
choice-systems-role-primary = Principal
choice-systems-role-secondary = Secondaire
choice-systems-role-expansion = Expansion
choice-systems-role-alone = Autonome

## Device pages

list-systems-track = Branche
list-systems-recommended = Recommandée
device-track-long_term = LTS
device-track-active = Active
systems-recommended-path = Chemin : { $path }
systems-recommended-missing = Le référentiel n’a rien de { $series }
systems-recommended-current = à jour
systems-recommended-unknown = Rien dans le référentiel pour ce modèle
systems-side = Dossiers, modèles et serveurs
systems-side-hide = Masquer dossiers, modèles et serveurs
systems-models = Modèles
systems-models-unknown = Modèle inconnu
systems-models-upgradable = { $number } à mettre à niveau
systems-models-newer =
    { $count ->
        [one] { $number } périphérique peut être mis à niveau avec un paquet du référentiel
       *[other] { $number } périphériques peuvent être mis à niveau avec des paquets du référentiel
    }
systems-models-more =
    { $count ->
        [one] { $number } autre modèle
       *[other] { $number } autres modèles
    }
systems-models-fewer = Moins de modèles
systems-servers = Serveurs
systems-servers-more =
    { $count ->
        [one] { $number } autre serveur
       *[other] { $number } autres serveurs
    }
systems-servers-recommended = Recommandée : { $version }
systems-open = Ouvrir
systems-act-accounts = Comptes sur les périphériques sélectionnés…
systems-act-restart = Redémarrer les périphériques sélectionnés…
systems-act-rotate = Renouveler le mot de passe de Flotilla sur les périphériques sélectionnés…
systems-act-rollback = Rétablir le micrologiciel précédent des périphériques sélectionnés…
systems-act-factory-default = Réinitialiser les périphériques sélectionnés aux valeurs d’usine…
systems-act-transfer = Déplacer les périphériques sélectionnés vers une autre organisation…
systems-act-remove = Retirer les périphériques sélectionnés de leur organisation…
systems-act-monitoring-off = Désactiver la surveillance des serveurs vidéo sélectionnés
systems-act-monitoring-on = Activer la surveillance des serveurs vidéo sélectionnés
systems-act-remove-applications = Retirer les applications connectées sélectionnées…
device-panel-seen = vu { $ago }
device-panel-never = jamais de réponse
device-panel-gone = Ce système n’existe plus
device-panel-open-page = Ouvrir la page du périphérique
device-panel-identity = Identité
device-panel-services-stopped = { $stopped } sur { $all } arrêtés
device-panel-certificate-none = Aucun accepté pour l’instant
device-panel-certificate-until = Accepté, valable jusqu’au { $date }
device-panel-certificate-ended = Accepté, expiré le { $date }
device-panel-certificate-waits = Un autre certificat attend votre décision
device-panel-certificate-look = Comparer…
device-panel-software = Logiciel
device-panel-runs = installée actuellement
device-panel-step = étape LTS, { $size }
device-panel-recommended = recommandée, { $size }
device-panel-vendor = fournisseur
device-panel-vendor-why = L’empreinte du fournisseur a été donnée et correspond
device-panel-computed = calculée
device-panel-computed-why = L’empreinte a été calculée ici ; celle du fournisseur n’est pas connue
device-panel-missing = Le chemin passe par { $series }, dont le référentiel n’a rien.
device-panel-to-repository = Ouvrir le référentiel
device-panel-version-unknown = Sa version n’est pas encore connue.
device-panel-unknown-model = Le référentiel n’a rien pour { $model }.
device-panel-current = La version recommandée est installée.
device-panel-packages = Paquets pour ce modèle
device-panel-accounts = Comptes
device-panel-account-add = Ajouter un compte…
device-panel-accounts-show = Lire les comptes
device-panel-accounts-why = Flotilla se connecte au périphérique pour les lire.
device-panel-accounts-at = Lus { $ago }
device-panel-accounts-again = Relire
device-panel-account-acts = Actions pour { $name }
device-panel-account-password = Changer le mot de passe…
device-panel-account-delete = Supprimer…
device-panel-account-own = Flotilla
device-panel-account-own-why = Flotilla se connecte avec ce compte. Son mot de passe se renouvelle ; il ne peut pas être supprimé ici.
device-panel-alarms =
    { $count ->
        [one] { $number } ouverte
       *[other] { $number } ouvertes
    }
device-panel-alarms-none = Aucune alarme ouverte
device-panel-history = Historique
device-panel-history-none = Aucune action effectuée d’ici au cours des 90 derniers jours.
device-panel-activity = Dans le journal d’audit
server-panel-monitoring = Surveillance
server-panel-not-reported = L’interface du serveur n’indique ni les services ni les disques.
server-panel-open-page = Ouvrir la page du serveur
server-panel-hardware = Matériel
server-panel-vendor = Fabricant
server-panel-interface = Version de l’interface
server-panel-zone = Fuseau horaire
server-panel-history = Les changements faits d’ici sont dans le journal d’audit.
server-panel-no-installer = Le référentiel n’a aucun programme d’installation pour les serveurs vidéo.
server-panel-installers = Programmes d’installation
server-panel-nothing-read = Aucune donnée n’a encore été lue.
server-panel-devices = Périphériques de ce serveur
server-panel-devices-none = Il n’utilise aucun périphérique.
server-panel-devices-foreign = absent de Flotilla
server-panel-devices-first = Les { $shown } premiers sur { $all } sont affichés.
applications-connected-add = Ajouter une application connectée…
applications-connected-add-title = Ajouter une application connectée
applications-connected-edit-title = Modifier { $name }
applications-connected-why = Un système de caméras-piétons ou une autre application qui se synchronise avec un dossier. Quiconque supprime le dossier est averti. Flotilla ne la contacte pas.
applications-connected-name = Nom
applications-connected-model = Nature
applications-connected-model-hint = Par exemple Body Worn
applications-connected-not-asked = Rien ne lui est demandé : son état est inconnu. Elle est listée pour que quiconque supprime son dossier soit averti.
applications-connected-added = { $name } ajoutée
applications-connected-saved = { $name } enregistrée
applications-connected-remove = Retirer…
applications-connected-remove-some = Retirer des applications connectées…
applications-connected-remove-title =
    { $count ->
        [0] Retirer des applications connectées ?
        [one] Retirer { $number } application connectée ?
       *[other] Retirer { $number } applications connectées ?
    }
applications-connected-remove-do =
    { $count ->
        [0] Retirer
        [one] Retirer { $number } application
       *[other] Retirer { $number } applications
    }
applications-connected-remove-body = Elles disparaissent des listes, et quiconque supprime leur dossier n’est plus averti. L’historique est conservé. Les applications elles-mêmes ne sont pas modifiées.
applications-connected-left =
    { $count ->
        [one] { $number } système sélectionné n’est pas une application connectée et reste
       *[other] { $number } systèmes sélectionnés ne sont pas des applications connectées et restent
    }
applications-connected-removed =
    { $count ->
        [one] { $number } application connectée retirée
       *[other] { $number } applications connectées retirées
    }
applications-connected-outcomes =
    { $count ->
        [one] { $number } application connectée n’a pas été retirée
       *[other] { $number } applications connectées n’ont pas été retirées
    }
device-history-add = Ajouté
device-history-create_account = Compte { $about } créé
device-history-set_password = Mot de passe de { $about } modifié
device-history-delete_account = Compte { $about } supprimé
device-history-rotate_password = Mot de passe de Flotilla renouvelé
device-history-restart = Redémarré
device-history-rollback = Micrologiciel précédent rétabli
device-history-factory_default = Réinitialisé aux valeurs d’usine
device-history-install_application = Application { $about } installée
device-history-start_application = Application { $about } démarrée
device-history-stop_application = Application { $about } arrêtée
device-history-remove_application = Application { $about } retirée
device-history-commission = Mis en service
device-history-transfer = Déplacé vers { $about }
device-history-remove = Retiré de son organisation
device-acts-accounts = Comptes…
device-acts-restart = Redémarrer…
device-acts-rotate = Renouveler le mot de passe de Flotilla…
device-acts-rollback = Rétablir le micrologiciel précédent…
device-acts-factory-default = Valeurs d’usine…
device-acts-transfer = Déplacer vers une autre organisation…
device-acts-remove = Retirer de l’organisation…
device-acts-organization = Organisation
device-acts-remove-tick =
    { $count ->
        [one] Je souhaite retirer { $number } périphérique de son organisation
       *[other] Je souhaite retirer { $number } périphériques de leur organisation
    }
device-acts-accounts-what = Action
device-acts-left =
    { $count ->
        [one] { $number } système sélectionné n’est pas une caméra et n’est pas concerné
       *[other] { $number } systèmes sélectionnés ne sont pas des caméras et ne sont pas concernés
    }
device-acts-skipped =
    { $count ->
        [one] { $number } périphérique n’a pas été concerné
       *[other] { $number } périphériques n’ont pas été concernés
    }
device-acts-user-name = Nom d’utilisateur
device-acts-user-name-hint = 1 à 14 lettres et chiffres, en commençant par une lettre
device-acts-password = Mot de passe
device-acts-password-new = Nouveau mot de passe
device-acts-password-hint = 1 à 64 caractères sans accent
device-acts-password-made = Différent pour chaque périphérique
device-acts-password-made-hint = Généré ici, 24 lettres et chiffres ; personne n’a besoin de le connaître.
device-acts-password-typed = Le même pour tous, saisi ici
device-acts-role = Rôle
device-acts-ptz = Peut piloter la rotation et le zoom
device-acts-network-too = Réinitialiser aussi les paramètres réseau
device-acts-network-kept = Les adresses et les noms d’hôte sont conservés.
device-acts-network-lost = Les adresses sont perdues : les périphériques peuvent revenir à une autre adresse, ou n’être trouvés que par une recherche.
device-role-viewer = Observateur
device-role-operator = Opérateur
device-role-administrator = Administrateur
device-role-none = Aucune autorisation
device-role-ptz = { $role }, PTZ
device-do-create_account = Créer un compte
device-do-create_account-title =
    { $count ->
        [one] Comptes sur { $number } périphérique
       *[other] Comptes sur { $number } périphériques
    }
device-do-create_account-body = Chaque périphérique reçoit ce compte. Là où le nom existe déjà, rien n’est modifié et le résultat le précise.
device-do-create_account-do =
    { $count ->
        [one] Créer sur { $number } périphérique
       *[other] Créer sur { $number } périphériques
    }
device-do-set_password = Changer un mot de passe
device-do-set_password-title =
    { $count ->
        [one] Comptes sur { $number } périphérique
       *[other] Comptes sur { $number } périphériques
    }
device-do-set_password-body = Le compte de ce nom reçoit le nouveau mot de passe. Qui utilise l’ancien, par exemple un serveur vidéo, n’a plus accès.
device-do-set_password-do =
    { $count ->
        [one] Changer sur { $number } périphérique
       *[other] Changer sur { $number } périphériques
    }
device-do-delete_account = Supprimer un compte
device-do-delete_account-title =
    { $count ->
        [one] Comptes sur { $number } périphérique
       *[other] Comptes sur { $number } périphériques
    }
device-do-delete_account-body = Le compte de ce nom est supprimé. Qui se connecte avec lui, par exemple un serveur vidéo, n’a plus accès.
device-do-delete_account-do =
    { $count ->
        [one] Supprimer sur { $number } périphérique
       *[other] Supprimer sur { $number } périphériques
    }
device-do-rotate_password-title =
    { $count ->
        [one] Renouveler le mot de passe de Flotilla sur { $number } périphérique
       *[other] Renouveler le mot de passe de Flotilla sur { $number } périphériques
    }
device-do-rotate_password-body = Chaque périphérique reçoit un nouveau mot de passe pour le compte avec lequel Flotilla se connecte. L’ancien est conservé jusqu’à ce que le nouveau ait fonctionné.
device-do-rotate_password-do =
    { $count ->
        [one] Renouveler sur { $number } périphérique
       *[other] Renouveler sur { $number } périphériques
    }
device-do-restart-title =
    { $count ->
        [one] Redémarrer { $number } périphérique
       *[other] Redémarrer { $number } périphériques
    }
device-do-restart-body = Pendant son redémarrage, un périphérique n’enregistre pas et ne répond pas, en général une à deux minutes. Flotilla attend le retour de chacun.
device-do-restart-do =
    { $count ->
        [one] Redémarrer { $number } périphérique
       *[other] Redémarrer { $number } périphériques
    }
device-do-rollback-title =
    { $count ->
        [one] Rétablir le micrologiciel précédent de { $number } périphérique
       *[other] Rétablir le micrologiciel précédent de { $number } périphériques
    }
device-do-rollback-body = Chaque périphérique revient au micrologiciel précédent, avec les paramètres de l’époque, et redémarre. Un périphérique qui n’en a pas refuse.
device-do-rollback-do =
    { $count ->
        [one] Rétablir sur { $number } périphérique
       *[other] Rétablir sur { $number } périphériques
    }
device-do-factory_default-title =
    { $count ->
        [one] Réinitialiser { $number } périphérique aux valeurs d’usine
       *[other] Réinitialiser { $number } périphériques aux valeurs d’usine
    }
device-do-factory_default-body = Tous les paramètres et comptes sont supprimés des périphériques, celui de Flotilla compris. Ils attendent ensuite leur premier compte. Cette action est irréversible.
device-do-factory_default-do =
    { $count ->
        [one] Réinitialiser { $number } périphérique
       *[other] Réinitialiser { $number } périphériques
    }
device-do-transfer-title =
    { $count ->
        [one] Déplacer { $number } périphérique vers une autre organisation
       *[other] Déplacer { $number } périphériques vers une autre organisation
    }
device-do-transfer-body = Chaque périphérique est contacté, puis géré dans l’autre organisation comme nouveau périphérique, avec les mêmes identifiants et le même certificat. Celui qui ne répond pas reste en place. Ses licences matérielles sont suspendues jusqu’à l’enregistrement de son numéro de série dans l’autre organisation.
device-do-transfer-do =
    { $count ->
        [one] Déplacer { $number } périphérique
       *[other] Déplacer { $number } périphériques
    }
device-do-remove-title =
    { $count ->
        [one] Retirer { $number } périphérique
       *[other] Retirer { $number } périphériques
    }
device-do-remove-body = Les périphériques ne sont plus surveillés et leurs alarmes ouvertes sont résolues. Leurs licences matérielles sont suspendues. L’historique est conservé. Les périphériques eux-mêmes ne sont pas modifiés.
device-do-remove-do =
    { $count ->
        [one] Retirer { $number } périphérique
       *[other] Retirer { $number } périphériques
    }

## Alarms

alarms-all = Toutes
alarms-by-severity = Par gravité
alarms-by-type = Par type
alarms-empty = Aucune alarme
alarms-empty-why = Aucun problème relevé au dernier contact.
alarms-flotilla = Flotilla
alarms-what-to-do = Que faire
alarms-moment = { $at }, { $ago }
alarms-all-of-customer = Toutes les alarmes ouvertes de ce client
alarms-gone = Cette alarme n’est plus conservée, ou vous n’avez pas le droit de la voir.
list-alarms-severity = Gravité
list-alarms-customer = Client
list-alarms-system_name = Système
list-alarms-system = Système
list-alarms-connection_name = Connexion
list-alarms-connection = Connexion
list-alarms-alarm_type = Type
list-alarms-cause = Description
list-alarms-qualifier = Concerne
list-alarms-state = État
list-alarms-first_at = Première fois
list-alarms-last_at = Dernière fois
list-alarms-occurrences = Occurrences
list-alarms-cleared_at = Résolue
list-alarms-acknowledged_at = Acquittée
list-alarms-shelved_until = Mise de côté jusqu’au
list-alarms-suppressed = Masquée
choice-alarms-state-open = Ouverte
choice-alarms-state-cleared = Résolue
choice-alarms-severity-critical = Critique
choice-alarms-severity-major = Majeure
choice-alarms-severity-minor = Mineure
choice-alarms-severity-warning = Avertissement
choice-alarms-alarm_type-configuration = Configuration
choice-alarms-alarm_type-trunk = Jonction
choice-alarms-alarm_type-link = Lien
choice-alarms-alarm_type-services = Services
choice-alarms-alarm_type-quality_of_service = Qualité de service
choice-alarms-alarm_type-security = Sécurité
choice-alarms-alarm_type-connection = Connexion
choice-alarms-alarm_type-storage = Stockage
choice-alarms-alarm_type-licence = Licence
choice-alarms-alarm_type-certificate = Certificat
choice-alarms-alarm_type-job = Tâche
choice-alarms-cause-no_contact = Aucun contact
choice-alarms-cause-access_refused = Accès refusé
choice-alarms-cause-certificate_changed = Certificat modifié
choice-alarms-cause-certificate_expiring = Certificat bientôt expiré
choice-alarms-cause-seen_elsewhere = Vu à une autre adresse
choice-alarms-cause-service_stopped = Service arrêté
choice-alarms-cause-system_stopped = Système arrêté
choice-alarms-cause-licence_expired = Licence expirée
alarm-no_contact = Aucun contact avec le système
    .action = Vérifiez l’alimentation, le réseau et l’adresse ; Flotilla continue d’essayer.
alarm-access_refused = Le système répond, mais refuse l’accès
    .action = L’état de connectivité du client indique quoi faire.
alarm-certificate_changed = Le certificat a changé
    .action = Comparez les deux certificats dans le panneau du client et n’acceptez le nouveau que si ce changement est connu.
alarm-certificate_expiring = Le certificat expire bientôt
    .action = Faites-le renouveler sur le système avant son expiration.
alarm-seen_elsewhere = Vu à une autre adresse : {$qualifier}
    .action = Vérifiez qu’il s’agit bien du périphérique. Si c’est le cas, saisissez la nouvelle adresse dans sa connexion.
alarm-service_stopped = {$qualifier} est arrêté
    .action = Redémarrez-le dans Web Control ou consultez ses journaux.
alarm-system_stopped = Le système est arrêté
    .action = Vérifiez le système sur place ; le principal ne le joint plus.
alarm-licence_expired = Licence expirée ou non valide : {$qualifier}
    .action = Renouvelez la licence et chargez-la dans le système.
dashboard-changes = Dernières 24 heures
dashboard-since = depuis { $at }
dashboard-went-down = Sans réponse
dashboard-came-back = De retour
dashboard-new-alarms = Nouvelles alarmes
dashboard-cleared = Alarmes levées
dashboard-still-down = { $count } toujours sans réponse
dashboard-mean = { $duration } d’absence en moyenne
dashboard-severe =
    { $critical ->
        [one] { $critical } critique
       *[other] { $critical } critiques
    }, { $major ->
        [one] { $major } majeure
       *[other] { $major } majeures
    }
dashboard-fewer-open =
    { $count ->
        [one] { $count } ouverte de moins qu’avant
       *[other] { $count } ouvertes de moins qu’avant
    }
dashboard-more-open =
    { $count ->
        [one] { $count } ouverte de plus qu’avant
       *[other] { $count } ouvertes de plus qu’avant
    }
dashboard-as-many-open = autant d’ouvertes qu’avant
dashboard-hour-by-hour = Heure par heure
dashboard-hour = Heure dès
dashboard-each-hour = { $what }, pour chacune des 24 dernières heures ; { $most } au plus en une heure
dashboard-by-customer = Alarmes par client
dashboard-customer = Client
dashboard-oldest = Plus ancienne
dashboard-others =
    { $count ->
        [one] { $count } autre client
       *[other] { $count } autres clients
    }
dashboard-licences-of = { $count } licences
dashboard-next = Prochaines échéances
dashboard-expired-head =
    { $of ->
        [licence_until] Expirées
       *[other] Expirés
    }
dashboard-share = Part
dashboard-number = Nombre
dashboard-nobody = Aucun client ne vous est encore confié
dashboard-nobody-why = Vous voyez les clients dont vous êtes membre. Un administrateur vous y ajoute ; rien d’autre n’est nécessaire ici.

## Organizations

organizations-title = Organisation
organizations-create = Créer une organisation
organizations-create-do = Créer l’organisation
organizations-created = { $name } : organisation créée
organizations-created-at = Créée le
organizations-id = Identifiant de l’organisation
organizations-invalid = Vérifiez les champs signalés.
organizations-language = Langue de ses documents
organizations-language-hint = Rapports et messages pour cette organisation
organizations-made = { $name } est créée et sélectionnée
organizations-made-why = Les pages ne montrent plus que cette organisation. Son identifiant sert à l’archiver ou à la restaurer ; conservez-le.
organizations-name = Nom
organizations-part-contact = Contact
organizations-part-contact-why = Qui joindre, et où.
organizations-part-name = Organisation
organizations-part-name-why = Vous en devenez propriétaire.
organizations-part-notes-why = Ce que les autres intervenants doivent savoir.
organizations-role = Votre rôle
organizations-role-admin = Admin
organizations-role-none = Aucun ; vous la voyez comme administrateur
organizations-role-operator = Opérateur
organizations-role-owner = Propriétaire
organizations-role-viewer = Lecteur
organizations-zone = Fuseau horaire
organizations-zone-hint = Dates de ses documents et de ses tâches
systems-empty-operator = Vous voyez les systèmes des clients dont vous êtes membre, et aucun ne vous est encore assigné. Un administrateur s’en charge.
organizations-act-edit = Modifier l’organisation sélectionnée
organizations-archive = Archiver…
organizations-archive-body = Rien n’est supprimé. L’organisation disparaît de toutes les listes, ses systèmes ne sont plus interrogés et ses membres ne la voient plus. Un administrateur peut la restaurer.
organizations-archive-confirmation = Collez l’identifiant de l’organisation
organizations-archive-do = Archiver l’organisation
organizations-archive-keep = Conservez cet identifiant :
organizations-archive-systems = Elle contient encore des systèmes. Il est recommandé de les retirer d’abord.
organizations-archive-tick = Je sais ce qui ne sera plus affiché ni interrogé
organizations-archive-title = Archiver { $name } ?
organizations-archived = { $name } : organisation archivée
organizations-archived-empty = Aucune organisation archivée
organizations-archived-empty-why = Les organisations archivées figurent ici et peuvent être restaurées.
organizations-archived-tab = Archivées
organizations-archived-command = Afficher les organisations archivées
organizations-archived-title = Organisations archivées
organizations-choose = Afficher seulement celle-ci
organizations-choose-named = Afficher seulement { $name }
organizations-conflict-discard = Reprendre ses valeurs
organizations-conflict-field = Champ
organizations-conflict-keep = Enregistrer les miennes
organizations-conflict-mine = Vos valeurs
organizations-conflict-theirs = Ses valeurs
organizations-conflict-why = Rien n’est encore enregistré. Les champs que vous n’avez pas modifiés gardent en tout cas les nouvelles valeurs.
organizations-connect = Connecter son système…
organizations-edit = Modifier l’organisation
organizations-edit-named = Modifier { $name }
organizations-empty = Aucune organisation pour l’instant
organizations-empty-why = Les organisations dont vous êtes membre figurent ici.
organizations-members = Membres
organizations-present = Actives
organizations-restore = Restaurer…
organizations-restore-body = Elle réapparaît telle quelle dans les listes, ses systèmes sont de nouveau interrogés et ses membres la voient de nouveau.
organizations-restore-do = Restaurer l’organisation
organizations-restore-name-taken = Une autre organisation s’appelle maintenant { $name }. Renommez-la d’abord.
organizations-restore-title = Restaurer { $name } ?
organizations-restored = { $name } : organisation restaurée
organizations-outside = La liste n’affiche que l’organisation choisie ; celle qui a été restaurée en est une autre.
organizations-saved = { $name } : organisation enregistrée
organizations-to-customer = Ouvrir le client
organizations-unconnected = Aucun système n’est encore connecté
organizations-unconnected-short = Non connectée
organizations-unconnected-why = Avec sa première connexion, l’organisation devient un client : ses systèmes sont interrogés et figurent dans les listes.
list-archived_organizations-address = Adresse
list-archived_organizations-archived_at = Archivée le
list-archived_organizations-created_at = Créée le
list-archived_organizations-email = E-mail
list-archived_organizations-language = Langue
list-archived_organizations-name = Nom
list-archived_organizations-notes = Notes
list-archived_organizations-telephone = Téléphone
list-archived_organizations-zone = Fuseau horaire
list-organizations-address = Adresse
list-organizations-created_at = Créée le
list-organizations-customer = Client
list-organizations-email = E-mail
list-organizations-language = Langue
list-organizations-name = Nom
list-organizations-notes = Notes
list-organizations-systems = Systèmes
list-organizations-telephone = Téléphone
list-organizations-zone = Fuseau horaire
choice-organizations-language-en = English
choice-organizations-language-fr = Français
choice-organizations-language-ja = 日本語
choice-archived_organizations-language-en = English
choice-archived_organizations-language-fr = Français
choice-archived_organizations-language-ja = 日本語

## Customers: list

list-customers-connection = Connexion
list-customers-name = Nom
list-customers-system_name = Nom du système
list-customers-mode = Mode
list-customers-systems = Systèmes
list-customers-connections = Connexions
list-customers-connected = Connexions établies
list-customers-host = Adresse IP
list-customers-port = Port
list-customers-profile = Profil
list-customers-version = Version
list-customers-alarms = Alarmes
list-customers-operators = Opérateurs
list-customers-tags = Étiquettes
list-customers-notes = Notes
list-customers-telephone = Téléphone
list-customers-email = E-mail
list-customers-address = Adresse
list-customers-status = Connectivité
list-customers-icons = État
list-customers-licences = Licences
list-customers-licence_until = Licence jusqu’au
list-customers-certificate_until = Certificat jusqu’au
list-customers-last_contact = Dernier contact
choice-customers-connection-connected = Connecté
choice-customers-connection-problems = Problèmes de connexion
choice-customers-connection-disconnected = Aucune connexion
choice-customers-connection-never = Jamais contacté
choice-customers-mode-on-premises = Sur site
choice-customers-mode-cloud = Cloud
choice-customers-icons-needs_attention = Nécessite votre attention
choice-customers-licences-valid = Valides
choice-customers-licences-due = À renouveler
choice-customers-licences-invalid = Non valides
choice-customers-licences-expired = Expirées
choice-customers-licences-unknown = Non communiquées
choice-customers-status-success = Connecté
choice-customers-status-failed = Échec
choice-customers-status-invalid_credentials = Identifiants non valides
choice-customers-status-authorization_failed = Mot de passe incorrect
choice-customers-status-monitoring_rights_missing = Sans droit de surveillance
choice-customers-status-disabled_by_administrator = Désactivé par l’administrateur
choice-customers-status-service_user_disabled = Utilisateur désactivé
choice-customers-status-service_user_locked = Utilisateur verrouillé
choice-customers-status-too_many_sessions = Trop de sessions
choice-customers-status-upgrade_rights_missing = Sans droit de mise à niveau
choice-customers-status-unreachable = Injoignable
choice-customers-status-certificate_changed = Certificat modifié
choice-customers-status-certificate_not_trusted = Certificat non approuvé
choice-customers-status-needs_setup = À configurer
choice-customers-status-replaced = Remplacé
choice-customers-status-limited = Limité
choice-customers-status-never_tried = Jamais contacté
choice-customers-status-not_monitored = Non surveillé
status-success = Connecté
    .explanation = Flotilla se connecte et lit les systèmes joints par cette connexion.
    .action = Aucune action n’est nécessaire.
status-failed = Échec
    .explanation = L’adresse répond, mais pas avec le protocole attendu.
    .action = Vérifiez l’adresse et le port ; un autre service y répond peut-être.
status-invalid_credentials = Identifiants non valides
    .explanation = Le système ne connaît aucun utilisateur de service actif de ce nom.
    .action = Vérifiez le nom d’utilisateur de service et activez-le sur le système.
status-authorization_failed = Échec de l’autorisation
    .explanation = Le mot de passe est incorrect ; un périphérique répond de même à un nom d’utilisateur inconnu.
    .action = Saisissez le nom d’utilisateur et le mot de passe définis sur le système.
status-monitoring_rights_missing = Droits de surveillance absents
    .explanation = L’utilisateur se connecte, mais n’a pas le droit de lire les systèmes.
    .action = Accordez-lui le droit de surveillance dans les paramètres de sécurité du système ou du périphérique.
status-disabled_by_administrator = Utilisateur de service désactivé par l’administrateur
    .explanation = L’utilisateur de service existe, mais un administrateur du système l’a désactivé.
    .action = Demandez à l’administrateur du système de le réactiver.
status-service_user_disabled = Utilisateur de service actuellement désactivé
    .explanation = L’utilisateur de service existe, mais il est désactivé pour le moment.
    .action = Activez l’utilisateur de service sur le système.
status-service_user_locked = Utilisateur de service temporairement verrouillé
    .explanation = Le système a verrouillé l’utilisateur de service, par exemple après trop de mots de passe incorrects.
    .action = Attendez la fin du verrouillage et vérifiez que le mot de passe est correct.
status-too_many_sessions = Trop de sessions simultanées
    .explanation = Trop d’applications sont connectées à ce système.
    .action = Fermez d’autres applications de gestion ; Flotilla réessaie automatiquement.
status-upgrade_rights_missing = Droits de mise à niveau absents
    .explanation = L’utilisateur de service peut tout lire, mais n’a pas le droit de mettre à niveau.
    .action = Accordez-lui le droit de mise à niveau dans les paramètres de sécurité du système.
status-unreachable = Injoignable
    .explanation = Rien ne répond à cette adresse, ou ce qui répond n’est pas un système pris en charge par Flotilla.
    .action = Vérifiez l’adresse, le réseau et l’alimentation.
status-unreachable-ip_office = Injoignable, ou système principal non pris en charge
    .explanation = Rien ne répond à cette adresse, ou le système téléphonique n’est pas le système principal d’une édition prise en charge.
    .action = Vérifiez l’adresse, le réseau et l’alimentation ; indiquez le système principal d’une solution Server Edition ou Select.
status-unreachable-device = Injoignable
    .explanation = Le périphérique ne répond pas à cette adresse.
    .action = Vérifiez l’adresse du périphérique, son réseau et son alimentation.
status-unreachable-video_server = Injoignable
    .explanation = Le serveur vidéo ne répond pas à cette adresse.
    .action = Vérifiez l’adresse, le port, le réseau et l’alimentation, et que le logiciel du serveur est en marche.
status-certificate_changed = Certificat modifié
    .explanation = Le système présente un autre certificat que celui qui a été accepté. Aucun mot de passe ne lui a été envoyé.
    .action = Comparez les deux certificats et n’acceptez le nouveau que si ce changement est connu.
status-certificate_not_trusted = Certificat non approuvé
    .explanation = Personne n’a encore accepté ce certificat. Aucun mot de passe n’a été envoyé.
    .action = Comparez l’empreinte à celle du système, puis acceptez le certificat.
status-needs_setup = À configurer
    .explanation = Le périphérique est en configuration d’usine et n’a pas encore de compte. Aucun mot de passe ne lui a été envoyé.
    .action = Donnez au périphérique son premier compte, ou saisissez les identifiants définis sur celui-ci ; Flotilla réessaie automatiquement.
status-replaced = Remplacé par un autre périphérique
    .explanation = Un autre périphérique répond à l’adresse d’un périphérique connu. Aucune de ses données n’a été enregistrée.
    .action = Vérifiez quel périphérique s’y trouve. Si le remplacement est voulu, retirez cette connexion et ajoutez le nouveau périphérique.
status-replaced-detail = Numéro de série du périphérique qui répond : { $serial }
status-limited = Limité
    .explanation = Le périphérique répond avec le protocole attendu, mais pas à tout ce que Flotilla demande.
    .action = Vérifiez les réglages et la version logicielle du périphérique ; Flotilla réessaie automatiquement.
status-never_tried = Jamais contacté
    .explanation = L’enregistrement a été fait sans contact.
    .action = Testez la connexion.
status-not_monitored = Non surveillé
    .explanation = La surveillance est désactivée : aucun contact n’a lieu et aucune alarme de contact n’est déclenchée. Les dernières données lues restent.
    .action = Activez la surveillance pour reprendre le contact.
customers-act-refresh =
    { $count ->
        [0] Actualiser les clients sélectionnés
        [one] Actualiser le client sélectionné
       *[other] Actualiser { $number } clients
    }
customers-act-edit =
    { $count ->
        [0] Modifier les clients sélectionnés
        [one] Modifier le client sélectionné
       *[other] Modifier { $number } clients
    }
customers-act-connect =
    { $count ->
        [0] Ajouter une connexion au client sélectionné
        [one] Ajouter une connexion au client sélectionné
       *[other] Ajouter une connexion à { $number } clients
    }
customers-act-delete =
    { $count ->
        [0] Supprimer les clients sélectionnés
        [one] Supprimer le client sélectionné
       *[other] Supprimer { $number } clients
    }
customers-act-launch =
    { $count ->
        [0] Lancer { $application }
        [one] Lancer { $application } du client sélectionné
       *[other] Lancer { $application } de { $number } clients
    }
customers-add = Ajouter un client
customers-add-command = Ajouter un client
customers-import = Importer…
customers-export-for-import = CSV pour importation
customers-empty = Aucun client
customers-empty-why = Un client est une organisation aux systèmes de laquelle Flotilla se connecte. Ajoutez-en un manuellement ou importez une liste depuis un fichier CSV.
customers-empty-own = Ajoutez votre premier client, ou attendez qu’un administrateur vous en assigne.
customers-empty-operator = Aucun client ne vous est assigné. Un administrateur s’en charge.
customers-alarms-of = Alarmes de { $name } : { $number }
customers-operators-none = Aucun opérateur assigné
customers-needs-attention = Nécessite votre attention : { $why }
customers-launch = Lancer
customers-refreshed =
    { $count ->
        [0] Actualisation de 0 client
        [one] Actualisation de { $name }
       *[other] Actualisation de { $number } clients
    }
alarms-empty-operator = Vous voyez les alarmes des clients dont vous êtes membre, et aucun ne vous est encore assigné. Un administrateur s’en charge.

## Customers: panel and dialogs

customers-contact = Dernier contact { $ago }
customers-refresh = Actualiser
customers-licence-until = jusqu’au { $date }
customers-licence-ended = expirée depuis le { $date }
customers-licence-not-valid = non valide
customers-operators = Opérateurs assignés
customers-id = Identifiant
customers-more = Plus sur ce client
customers-next-contact = Prochain contact
customers-outside = La liste n’affiche que l’organisation choisie ; ce client en est une autre.
customers-provider = Fournisseur
customers-reseller = Revendeur
customers-certificate = Certificat
customers-certificate-look = Examiner le certificat…
customers-certificate-compare = Comparer les certificats…
customers-certificate-title = Accepter le certificat de { $name } ?
customers-certificate-why = Comparez l’empreinte SHA-256 à celle que le système affiche lui-même. Une fois ce certificat accepté, Flotilla ne se connecte que là où il est présenté.
customers-certificate-changed-title = Le certificat de { $name } a changé
customers-certificate-changed-why = Il peut s’agir d’un renouvellement ou d’une interception. N’acceptez que si ce changement est connu.
customers-certificate-old = Accepté jusqu’ici
customers-certificate-new = Présenté maintenant
customers-certificate-met = Présenté par le système
customers-certificate-accept = Accepter le certificat
customers-certificate-accepted = Certificat de { $name } accepté. État : { $status }
certificate-subject = Sujet
certificate-issuer = Émetteur
certificate-self-signed = Autosigné
certificate-serial = Numéro de série
certificate-names = Noms
certificate-valid = Validité
certificate-expired = Expiré
customers-search-systems =
    { $count ->
        [0] 0 système : nom, adresse, version
        [one] Rechercher par nom, adresse, version
       *[other] { $number } systèmes : nom, adresse, version
    }
customers-no-systems = Aucun système n’a encore été lu.
customers-service-running = en service
customers-service-stopped = arrêté
customers-delete-title =
    { $count ->
        [one] Supprimer { $number } client ?
       *[other] Supprimer { $number } clients ?
    }
customers-delete-body = Leurs connexions, systèmes, alarmes et tâches sont aussi supprimés. Rien ne change sur les systèmes eux-mêmes.
customers-delete-systems = Systèmes
customers-delete-alarms = Alarmes
customers-delete-jobs = Tâches
customers-delete-hidden =
    { $count ->
        [0] Tous sont dans la liste telle qu’elle est filtrée.
        [one] L’un d’eux n’est pas dans la liste telle qu’elle est filtrée.
       *[other] { $number } d’entre eux ne sont pas dans la liste telle qu’elle est filtrée.
    }
customers-delete-show = Les examiner d’abord
customers-delete-tick = Je sais que cette action est irréversible
customers-delete-kept =
    { $count ->
        [one] { $number } client est conservé
       *[other] { $number } clients sont conservés
    }
customers-delete-do =
    { $count ->
        [one] Supprimer { $number } client
       *[other] Supprimer { $number } clients
    }
customers-deleted =
    { $count ->
        [one] { $number } client supprimé
       *[other] { $number } clients supprimés
    }
customers-outcomes-title =
    { $count ->
        [one] Échec pour { $number } client
       *[other] Échec pour { $number } clients
    }
customers-outcomes-unseen = Client non visible
customers-outcomes-select = Les sélectionner
customers-launch-title = Ouvrir { $application } ?
customers-launch-body = L’application s’ouvre dans le navigateur par défaut et demande sa propre connexion. Chaque lancement figure dans le journal d’audit.
customers-launch-several = Le navigateur peut demander l’autorisation d’ouvrir plusieurs fenêtres.
customers-launch-unopened =
    { $count ->
        [0] Toutes les adresses ont été ouvertes
        [one] Une adresse n’a pas été ouverte
       *[other] { $number } adresses n’ont pas été ouvertes
    }
customers-launch-skipped =
    { $count ->
        [one] { $number } client est ignoré
       *[other] { $number } clients sont ignorés
    }
customers-launch-do =
    { $count ->
        [one] Ouvrir { $number } adresse
       *[other] Ouvrir { $number } adresses
    }
customers-edit-several = Modifier { $number } clients
customers-edit-several-body = Les champs vides restent inchangés.
customers-edit-several-do = Modifier { $number } clients
customers-edited =
    { $count ->
        [one] { $number } client modifié
       *[other] { $number } clients modifiés
    }
customers-tags-add = Ajouter des étiquettes
customers-tags-remove = Retirer des étiquettes
customers-operators-add = Assigner des opérateurs
customers-operators-remove = Retirer des opérateurs
customers-operators-by-label = par libellé
customers-operators-find = Rechercher par nom
customers-notes-replace = Remplacer les notes

unreachable-timed-out = Le délai de réponse est dépassé.
unreachable-refused = La connexion a été refusée.
unreachable-no-route = Aucune route vers cette adresse.
unreachable-name-unknown = Nom d’hôte introuvable.
unreachable-closed = La connexion a été fermée.
unreachable-unavailable = Le service est indisponible (503).
unreachable-tls = La connexion chiffrée a échoué.
unreachable-other = La connexion a échoué.

## Connections

connections-title = Connexions
connections-connected = { $connected } sur { $connections } connectées
connections-connected-short = { $connected }/{ $connections }
connections-main = Principale
connections-choose-main = Présenter le client par { $name }
connections-none = Aucune connexion : rien n’est interrogé tant qu’aucune n’est ajoutée.
connections-none-stays = L’organisation reste, avec ses membres, ses licences et son historique.
connections-none-archive = Archiver l’organisation…
connections-add = Ajouter une connexion
connections-edit = Modifier { $name }
connections-refresh = Actualiser { $name }
connections-kind = Type
connections-kind-ip_office = Système téléphonique (IP Office)
connections-kind-device = Caméra ou autre périphérique
connections-kind-video_server = Serveur vidéo
connections-name = Nom
connections-name-hint = Son nom dans Flotilla ; sans nom, son adresse est affichée
connections-host-hint = Telle qu’elle est joignable d’ici
connections-user-name = Nom d’utilisateur
connections-user-name-windows = Un compte Windows du serveur : DOMAINE\nom, ou le nom seul
connections-password = Mot de passe
connections-systems =
    { $count ->
        [0] 0 système
        [one] un système
       *[other] { $number } systèmes
    }
connections-since = depuis le { $at }
connections-since-day = depuis le { $at }
connections-first-account = Lui donner son premier compte…
connections-credentials-set = Saisir les identifiants définis sur le périphérique…
connections-next-try = prochain essai { $in }
connections-monitoring-stop = Désactiver la surveillance
connections-monitoring-start = Activer la surveillance
connections-monitoring-stop-of = Désactiver la surveillance de { $name }
connections-monitoring-start-of = Activer la surveillance de { $name }
connections-monitoring-stopped =
    { $count ->
        [1] Surveillance de { $name } désactivée
       *[other] Surveillance de { $number } connexions désactivée
    }
connections-monitoring-started =
    { $count ->
        [1] Surveillance de { $name } activée
       *[other] Surveillance de { $number } connexions activée
    }
connections-monitoring-outcomes =
    { $count ->
        [one] La surveillance de { $number } connexion n’a pas pu être modifiée
       *[other] La surveillance de { $number } connexions n’a pas pu être modifiée
    }
connections-monitoring-unseen = Connexion non visible
connections-gone = Cette connexion a été supprimée par quelqu’un d’autre
connections-gone-why = Ses systèmes et ses alarmes ont disparu avec elle. Ce qui est saisi ici reste : vous pouvez en faire une nouvelle connexion, en ressaisissant le mot de passe.
connections-gone-add = Ajouter comme nouvelle connexion
connections-certificate-until = certificat jusqu’au { $date }
connections-certificate-expired = certificat expiré depuis le { $date }
connections-added = { $name } ajoutée
connections-saved = { $name } enregistrée
connections-removed = { $name } retirée
connections-remove = Retirer { $name }
connections-remove-title = Retirer la connexion { $name } ?
connections-remove-body = Ses systèmes ne sont plus interrogés et disparaissent des listes ; leurs alarmes ouvertes sont résolues. Rien ne change sur les systèmes eux-mêmes.
connections-remove-last = C’est la dernière connexion. L’organisation reste, avec ses membres, ses licences et son historique, mais sans connexion. Elle pourra ensuite être reconnectée, archivée par un propriétaire ou supprimée par un administrateur.
connections-remove-do = Retirer la connexion
customers-web-manager-of = Ouvrir le Web Manager de { $name }
customers-web-manager-opened = Web Manager de { $name } ouvert

## Customers: form

customers-edit-title = Modifier le client
customers-connection = Connexion
customers-about = À propos du client
customers-host-hint = Du système principal, tel qu’il est joignable d’ici
customers-host = Adresse IP ou nom de domaine
customers-user-name = Nom d’utilisateur de service
customers-password = Mot de passe de service
customers-password-kept = Laissez vide pour conserver le mot de passe enregistré
customers-proxy-workspace = Réglage de l’espace de travail
customers-proxy-hint = Le mot de passe n’est envoyé qu’une fois le certificat accepté.
customers-operators-hint = Un opérateur ne voit que les clients qui lui sont assignés, un administrateur les voit tous.
customers-invalid = Vérifiez les champs signalés
customers-added = { $name } ajouté
customers-saved = { $name } enregistré
customers-test = Test de connexion
customers-test-do = Tester la connexion
customers-test-again = Tester à nouveau
customers-test-running = Connexion en cours…
customers-test-needed = Nécessaire avant l’enregistrement
customers-test-unchanged = La connexion n’a pas changé ; aucun test n’est nécessaire
customers-test-outdated = La connexion a été modifiée après le test
customers-test-found =
    { $count ->
        [one] { $number } système, version { $version }
       *[other] { $number } systèmes, version { $version }
    }
customers-certificate-accept-test = Accepter et tester à nouveau
customers-without-contact = Enregistrer sans contact
customers-without-contact-hint = Le client est marqué « jamais contacté » jusqu’au premier contact.
customers-prepare = Préparation
customers-prepare-on-premises = Sur site, l’utilisateur de service COMAdmin est désactivé et sans mot de passe. Un administrateur du système l’active :
customers-prepare-cloud = Dans le cloud, l’utilisateur de service COMAdmin est déjà actif. Son mot de passe est fourni avec le système.
customers-prepare-step-1 = Connectez-vous à Web Manager sur le système principal.
customers-prepare-step-2 = Ouvrez Solution.
customers-prepare-step-3 = Sous Actions, choisissez la gestion par un portail cloud.
customers-prepare-step-4 = Définissez le mot de passe, puis activez et synchronisez.
customers-prepare-later = Chaque système ajouté plus tard à la solution doit l’être aussi, sinon il reste invisible ici.
customers-prepare-editions = Server Edition et Select peuvent être gérés ; Basic, Essential et Preferred Edition ne le peuvent pas.
customers-licences-all = Les { $number } licences
customers-licences-fewer = Uniquement ce qui est à vérifier
customers-gone = Client indisponible
customers-systems-title = Systèmes
customers-systems-all = Les { $number } systèmes
customers-systems-fewer = Moins de systèmes
certificate-differs = différent
certificate-same = identique
certificate-line = Élément
customers-alarms-count =
    { $count ->
        [one] { $number } alarme
       *[other] { $number } alarmes
    }
customers-services-count =
    { $count ->
        [one] { $number } service en marche
       *[other] { $number } services en marche
    }
customers-edit-password = Nouveau mot de passe de service
customers-edit-password-hint = Pour les systèmes téléphoniques de tous. Laissé vide, chacun garde le sien.
customers-edit-proxy-keep = Comme pour chacun
customers-edit-reached = Rien n’est testé au préalable : chaque connexion est interrogée à nouveau dès l’enregistrement.

## Import of customers and devices

import-title-customers = Importation
import-title-devices = Importer des périphériques
import-command = Importer des clients depuis un fichier
import-crumbs = Fil d’Ariane
import-steps = Étapes
import-step-file = Fichier
import-step-check = Vérification
import-step-test = Test
import-step-save = Enregistrement
import-file = Fichier
import-drop = Déposez un fichier CSV ici
import-file-why = Chaque ligne entre dans une liste d’attente, où elle est vérifiée, corrigée et testée. Rien n’est stocké avant l’enregistrement.
import-file-remarks =
    { $count ->
        [0] Aucune remarque sur les colonnes du fichier
        [one] Une remarque sur les colonnes du fichier
       *[other] { $number } remarques sur les colonnes du fichier
    }
import-file-problems =
    { $count ->
        [0] Le fichier ne contient aucune erreur
        [one] Le fichier contient une erreur
       *[other] Le fichier contient { $number } erreurs
    }
import-choose-file = Choisir un fichier…
import-other-file = Autre fichier…
import-template = Télécharger le modèle
import-mode = Mode des lignes sans mode propre
import-mode-short = Mode
import-mode-file = Comme pour le fichier
import-place = Où les périphériques sont ajoutés
import-place-first = Choisissez d’abord une organisation et un dossier
import-waiting = Importations inachevées
import-waiting-why = Ces importations ont été ouvertes, mais pas entièrement enregistrées.
import-waiting-file = Fichier
import-waiting-rows = Lignes
import-waiting-opened = Ouverte
import-waiting-acts = Actions
import-format = Format du fichier
import-format-why-customers = Un en-tête avec exactement ces noms, dans n’importe quel ordre, puis une ligne par client.
import-format-why-devices = Un en-tête avec exactement ces noms, dans n’importe quel ordre, puis une ligne par périphérique.
import-format-required-customers = Les noms surlignés sont obligatoires ; le mot de passe seulement pour un nouveau client. Un port vide vaut 8443. Mode est facultatif.
import-format-required-devices = Les noms surlignés sont obligatoires. Un port vide vaut 443. Sans nom, le périphérique garde celui qu’il se donne.
import-format-cells-customers = Jusqu’à 5 étiquettes, séparées par ; (par | dans un fichier à points-virgules).
import-format-cells-devices = Folder : les noms des dossiers depuis le plus haut, séparés par /. Les dossiers qui n’existent pas sont créés à l’enregistrement. S’il est vide, le dossier choisi pour le fichier est utilisé.
import-format-encoding = Virgule, point-virgule ou tabulation ; UTF-8, UTF-16, Windows-1252 et Shift_JIS sont reconnus. 64 Mio au maximum.
import-columns-header = Colonnes…
import-columns-person = Colonnes : attribuées…
import-columns-remembered-button = Colonnes : mémorisées…
import-columns-title = Contenu de chaque colonne
import-columns-why = Attribuez les colonnes de ce fichier. Les fichiers ayant les mêmes colonnes seront désormais lus de la même façon.
import-columns-name = Colonne du fichier
import-columns-samples = Premières cellules
import-columns-is = Lue comme
import-columns-of = { $column } est lue comme
import-columns-leave = Ignorée
import-columns-nameless = Colonne { $number }
import-columns-hidden = masqué, il peut s’agir de mots de passe
import-columns-missing = Pas encore attribué : { $columns }
import-columns-apply = Utiliser ces colonnes
import-columns-close = Voir les lignes
import-columns-forget = Relire selon l’en-tête
import-columns-look = Vérifier les colonnes…
import-columns-remembered = Les colonnes sont lues comme elles ont été attribuées pour un fichier précédent
import-columns-remembered-why = Le fichier a les mêmes colonnes. Vous pouvez modifier leur attribution.
import-columns-none = La première ligne n’est pas un en-tête
import-columns-none-why-customers = Elle ressemble à un client. Ajoutez au-dessus une ligne avec les noms des colonnes.
import-columns-none-why-devices = Elle ressemble à un périphérique. Ajoutez au-dessus une ligne avec les noms des colonnes.
import-gaps = Manquant dans le fichier
import-gaps-title = Le fichier n’indique pas : { $what }
import-gaps-why = Ce que vous saisissez ici s’applique à chaque ligne qui n’a pas sa propre valeur. Chaque ligne reste modifiable.
import-gaps-apply = Appliquer à ces lignes
import-gaps-change = Modifier…
import-gaps-filled = Les lignes sans valeur propre utilisent : { $what }
import-gap-value = { $column } { $value }
import-gap-hidden = { $column } ••••••
import-gap-user_name =
    { $count ->
        [one] l’utilisateur de { $number } ligne
       *[other] l’utilisateur de { $number } lignes
    }
import-gap-password =
    { $count ->
        [one] le mot de passe de { $number } ligne
       *[other] le mot de passe de { $number } lignes
    }
import-gap-port =
    { $count ->
        [one] le port de { $number } ligne
       *[other] le port de { $number } lignes
    }
import-start-again = Revenir au début
import-row-count =
    { $count ->
        [0] 0 ligne
        [one] Une ligne
       *[other] { $number } lignes
    }
import-separator = Séparateur
import-separator-comma = Virgule
import-separator-semicolon = Point-virgule
import-separator-tab = Tabulation
import-encoding = Encodage
import-encoding-utf-8 = UTF-8
import-encoding-utf-16le = UTF-16 (little-endian)
import-encoding-utf-16be = UTF-16 (big-endian)
import-encoding-windows-1252 = Windows-1252
import-encoding-shift_jis = Shift_JIS
import-detect = Détecter
import-detected = { $what }, détecté
import-passwords =
    { $count ->
        [0] Ce fichier ne contient aucun mot de passe en clair.
        [one] Ce fichier contient un mot de passe en clair. Flotilla vous le rappellera après l’enregistrement.
       *[other] Ce fichier contient { $number } mots de passe en clair. Flotilla vous le rappellera après l’enregistrement.
    }
import-rows = Lignes en attente d’importation
import-search = Rechercher une ligne
import-state-new = Nouveau
import-state-update = Mise à jour
import-state-unchanged = Inchangé
import-state-invalid = Non valide
import-changes = Modifie : { $columns }
import-column-row = Ligne
import-column-state = État
import-column-host = Adresse IP/FQDN
import-column-port = Port
import-column-name = Nom
import-column-user_name = Utilisateur
import-column-password = Mot de passe
import-column-telephone = Téléphone
import-column-email = E-mail
import-column-tags = Étiquettes
import-column-test = Test de connexion
import-column-mode = Mode
import-column-address = Adresse postale
import-column-notes = Notes
import-column-folder = Dossier
import-cell = { $column }, ligne { $row }
import-password-hidden = masqué
import-password-kept = Laissez vide pour conserver celui du fichier
import-was = avant : { $value }
import-was-empty = vide
import-was-password = sera modifié
import-tags-hint = Séparées par ;
import-folder-hint = Depuis le plus haut, séparés par / ; les dossiers manquants sont créés. Vide : le dossier choisi pour le fichier
import-folder-new = Nouveau dossier « { $folder } »
import-folders-new =
    { $count ->
        [0] Aucun dossier ne sera créé
        [one] Un dossier sera créé
       *[other] { $number } dossiers seront créés
    }
import-choose-all = Sélectionner toutes les lignes affichées
import-choose-row = Sélectionner la ligne { $row }
import-open-row = Ouvrir la ligne { $row }
import-row-title = Ligne { $row }
import-row-new = Nouvelle ligne
import-row-add = Ajouter une ligne
import-row-add-do = Ajouter la ligne
import-row-added = Ligne ajoutée
import-row-remove = Retirer la ligne
import-rows-remove = Retirer les lignes
import-no-rows = Aucune ligne
import-no-rows-why = Le fichier n’a aucune ligne sous l’en-tête, ou toutes ont été retirées.
import-test-waiting = En attente
import-test-testing = Test en cours
import-test-mend-first = Corriger d’abord les erreurs
import-test-not-needed = Non nécessaire
import-test-none = Non testé
import-test-factory-new = Sorti d’usine
import-test-factory-new-why = Il n’a pas encore de compte. Aucun mot de passe ne lui a été envoyé. À l’enregistrement, l’utilisateur et le mot de passe de sa ligne peuvent devenir son premier compte.
import-test-do = Tester les connexions
import-test-again = Tester les autres
import-test-these = Tester la sélection
import-test-cancel = Annuler le test
import-accounts-cancel = Arrêter la création des comptes
import-test-progress = { $done } sur { $total }, { $atOnce } à la fois
import-test-left = , encore { $time } environ
import-dock = Tester et enregistrer
import-storable =
    { $count ->
        [0] Aucune ligne à enregistrer
        [one] Une ligne à enregistrer
       *[other] { $number } lignes à enregistrer
    }
import-untested =
    { $count ->
        [0] 0 sans test réussi
        [one] une sans test réussi
       *[other] { $number } sans test réussi
    }
import-connected =
    { $count ->
        [one] { $number } connectée
       *[other] { $number } connectées
    }
import-failed = { $number } en échec
import-factory-new =
    { $count ->
        [one] { $number } sorti d’usine
       *[other] { $number } sortis d’usine
    }
import-untrusted =
    { $count ->
        [0] Aucun certificat à examiner
        [one] Un certificat à examiner
       *[other] { $number } certificats à examiner
    }
import-save-hint = Enregistre les lignes connectées. Les autres restent dans cette liste.
import-save = Enregistrer { $number }…
import-save-any = Enregistrer…
import-save-title-customers = Enregistrer ces clients ?
import-save-title-devices = Enregistrer ces périphériques ?
import-save-none = Aucune ligne connectée pour l’instant
import-locked = Attendez la fin de l’opération en cours ou annulez-la
import-not-testing = Aucun test en cours
import-no-certificates = Aucun certificat à examiner
import-save-do-customers =
    { $count ->
        [0] Enregistrer 0 client
        [one] Enregistrer un client
       *[other] Enregistrer { $number } clients
    }
import-save-do-devices =
    { $count ->
        [0] Enregistrer 0 périphérique
        [one] Enregistrer un périphérique
       *[other] Enregistrer { $number } périphériques
    }
import-save-connected =
    { $count ->
        [0] Aucune ligne connectée ne sera enregistrée
        [one] Une ligne connectée sera enregistrée
       *[other] { $number } lignes connectées seront enregistrées
    }
import-save-without-contact =
    { $count ->
        [0] Aucune ligne ne sera enregistrée sans contact
        [one] Une ligne sera enregistrée sans contact
       *[other] { $number } lignes seront enregistrées sans contact
    }
import-save-with-accounts =
    { $count ->
        [0] Aucun périphérique sorti d’usine ne recevra son premier compte
        [one] Un périphérique sorti d’usine recevra son premier compte et sera enregistré
       *[other] { $number } périphériques sortis d’usine recevront leur premier compte et seront enregistrés
    }
import-save-folders =
    { $count ->
        [0] Aucun dossier ne sera créé
        [one] Un dossier sera créé
       *[other] { $number } dossiers seront créés
    }
import-save-unchanged =
    { $count ->
        [0] Aucune ligne inchangée ne sera retirée de la liste
        [one] Une ligne inchangée sera retirée de la liste
       *[other] { $number } lignes inchangées seront retirées de la liste
    }
import-save-left =
    { $count ->
        [0] Aucune ligne ne reste dans la liste d’attente
        [one] Une ligne reste dans la liste d’attente
       *[other] { $number } lignes restent dans la liste d’attente
    }
import-save-these-too =
    { $count ->
        [0] Enregistrer aussi 0 ligne sans contact
        [one] Enregistrer aussi celle-ci, sans contact
       *[other] Enregistrer aussi ces { $number } lignes, sans contact
    }
import-save-first-accounts =
    { $count ->
        [0] Donner leur premier compte à 0 périphérique sorti d’usine (avec l’utilisateur et le mot de passe de leur ligne)
        [one] Donner son premier compte à un périphérique sorti d’usine (avec l’utilisateur et le mot de passe de sa ligne)
       *[other] Donner leur premier compte à { $number } périphériques sortis d’usine (avec l’utilisateur et le mot de passe de leur ligne)
    }
import-save-first-accounts-hint = Le compte est administrateur sur le périphérique ; Flotilla s’y connecte avec lui. Cette action ne peut pas être annulée depuis ici.
import-saved = Enregistrement : { $added } ajoutés, { $updated } mis à jour
import-stayed =
    { $count ->
        [0] Toutes les lignes ont été enregistrées.
        [one] Une ligne n’a pas été enregistrée ; elle figure ci-dessous.
       *[other] { $number } lignes n’ont pas été enregistrées ; elles figurent ci-dessous.
    }
import-changed = Modifiés entre-temps
import-changed-rows-customers =
    { $count ->
        [0] Aucun client n’a changé après l’aperçu
        [one] Une ligne n’a pas été enregistrée : son client a changé après l’aperçu
       *[other] { $number } lignes n’ont pas été enregistrées : leurs clients ont changé après l’aperçu
    }
import-changed-rows-devices =
    { $count ->
        [0] Aucun périphérique n’a changé après l’aperçu
        [one] Une ligne n’a pas été enregistrée : son périphérique a changé après l’aperçu
       *[other] { $number } lignes n’ont pas été enregistrées : leurs périphériques ont changé après l’aperçu
    }
import-changed-more =
    { $count ->
        [0] aucun autre
        [one] un autre
       *[other] { $number } autres
    }
import-changed-show = Les afficher
import-line = Ligne du fichier
import-line-why = Impossible de savoir à quelle colonne appartient chaque cellule, souvent à cause d’un séparateur sans guillemets. Ce qui pourrait être un mot de passe est masqué. Remplissez les champs ci-dessous : ils remplacent la ligne.
import-line-hidden = masqué
import-discard = Abandonner
import-discard-title = Abandonner la liste d’attente de { $name } ?
import-discard-body-customers =
    { $count ->
        [0] Aucune ligne n’est perdue. Les clients et le fichier restent tels quels.
        [one] Une ligne et ses corrections sont perdues. Les clients et le fichier restent tels quels.
       *[other] { $number } lignes et leurs corrections sont perdues. Les clients et le fichier restent tels quels.
    }
import-discard-body-devices =
    { $count ->
        [0] Aucune ligne n’est perdue. Les périphériques et le fichier restent tels quels.
        [one] Une ligne et ses corrections sont perdues. Les périphériques et le fichier restent tels quels.
       *[other] { $number } lignes et leurs corrections sont perdues. Les périphériques et le fichier restent tels quels.
    }
import-discard-do = Abandonner la liste
import-certificates-title =
    { $count ->
        [0] Aucun certificat à examiner
        [one] Un certificat à examiner
       *[other] { $number } certificats à examiner
    }
import-certificates-all = Tous ({ $number })
import-certificates-more = { $number } autres ne sont pas affichés ; tout sélectionner les accepte aussi.
import-certificates-accept =
    { $count ->
        [0] Accepter 0 certificat et retester
        [one] Accepter et retester
       *[other] Accepter { $number } et retester
    }
import-done = Importation de { $name } terminée
import-done-added =
    { $count ->
        [0] Aucun client ajouté
        [one] Un client ajouté
       *[other] { $number } clients ajoutés
    }
import-done-added-devices =
    { $count ->
        [0] Aucun périphérique ajouté
        [one] Un périphérique ajouté
       *[other] { $number } périphériques ajoutés
    }
import-done-updated =
    { $count ->
        [0] Aucun client mis à jour
        [one] Un client mis à jour
       *[other] { $number } clients mis à jour
    }
import-done-updated-devices =
    { $count ->
        [0] Aucun périphérique n’a de nouvelle adresse
        [one] Un périphérique a sa nouvelle adresse
       *[other] { $number } périphériques ont leur nouvelle adresse
    }
import-done-unchanged =
    { $count ->
        [0] Aucun client n’était inchangé
        [one] Un client était inchangé
       *[other] { $number } clients étaient inchangés
    }
import-done-unchanged-devices =
    { $count ->
        [0] Aucun périphérique n’était déjà géré à son adresse
        [one] Un périphérique était déjà géré à son adresse
       *[other] { $number } périphériques étaient déjà gérés à leur adresse
    }
import-done-without-contact =
    { $count ->
        [0] Dont 0 sans contact
        [one] Dont un sans contact
       *[other] Dont { $number } sans contact
    }
import-done-folders =
    { $count ->
        [0] Aucun dossier créé
        [one] Un dossier créé
       *[other] { $number } dossiers créés
    }
import-done-first-accounts =
    { $count ->
        [0] Aucun périphérique sorti d’usine n’a reçu de premier compte
        [one] Un périphérique sorti d’usine a reçu son premier compte
       *[other] { $number } périphériques sortis d’usine ont reçu leur premier compte
    }
import-done-without-account =
    { $count ->
        [0] Tous les périphériques sortis d’usine ont reçu leur premier compte
        [one] Un périphérique sorti d’usine n’a pas reçu son premier compte ; sa ligne en donne la raison
       *[other] { $number } périphériques sortis d’usine n’ont pas reçu leur premier compte ; leurs lignes en donnent la raison
    }
import-done-home-customers = Afficher les clients
import-done-home-devices = Afficher les systèmes
import-done-again = Importer un autre fichier
import-outside-customers = Les clients importés ne font pas partie de l’organisation choisie ; la liste des clients n’affiche que celle-ci.
import-outside-devices = Les périphériques importés ne font pas partie de l’organisation choisie ; la liste des systèmes n’affiche que celle-ci.
import-file-passwords =
    { $count ->
        [0] { $name } ne contient plus aucun mot de passe en clair
        [one] { $name } contient encore un mot de passe en clair
       *[other] { $name } contient encore { $number } mots de passe en clair
    }
import-file-delete-why = Flotilla n’a plus besoin de ce fichier.
import-file-delete-yourself = Supprimez-le là où il se trouve : Flotilla ne peut pas y accéder d’ici.
import-file-delete = Supprimer le fichier…
import-file-delete-title = Supprimer { $name } ?
import-file-delete-body = Le fichier est supprimé définitivement de cet ordinateur, sans passer par la corbeille.
import-file-delete-do = Supprimer le fichier
import-file-deleted = { $name } est supprimé

## Organizations: members, invitations, folders, activity

error-invitation-unknown = Ce code n’est pas valable
    .action = Vérifiez votre saisie. L’invitation a peut-être été utilisée, révoquée, remplacée par une plus récente, ou a expiré ; demandez-en une autre à la personne qui vous a invité.
error-invitation-other-address = L’invitation est destinée à { $address }
    .action = Connectez-vous avec le compte qui a cette adresse e-mail, ou rejoignez l’organisation avec un nouveau compte.
error-member-already = Déjà membre
    .action = Modifiez son rôle et ses dossiers dans la liste des membres.
error-member-by-label = L’appartenance vient d’un libellé
    .action = Elle disparaît dès qu’aucun libellé du compte ne correspond plus. Modifiez les libellés du compte.
error-member-no-promotion = Aucune promotion n’est en attente
    .action = Elle a peut-être déjà été accordée.
act-members-set_access = Rôles et accès modifiés
act-members-remove = Membres retirés
act-members-promote = Promotion accordée
act-invitations-send = Personnes invitées
act-invitations-renew = Invitation renvoyée
act-invitations-save_message = Invitation enregistrée en e-mail
act-invitations-look = Invitation consultée
act-invitations-accept = Invitation acceptée
act-invitations-accept_new = Invitation acceptée avec un nouveau compte
act-folders-set_zone = Fuseau horaire d’un dossier modifié
audit-detail-invitations = invitations
audit-detail-zone = fuseau horaire
audit-detail-act = Action
audit-detail-devices = Périphériques
audit-detail-addresses = Adresses
audit-detail-ended = Terminé
audit-detail-failed = Échecs
audit-detail-first_accounts = Premiers comptes
audit-detail-unknown = Résultat inconnu
audit-detail-moved = Passé à une autre adresse
audit-detail-from = Ancienne adresse
audit-detail-to = Nouvelle adresse
audit-detail-job = tâche
audit-detail-targets = systèmes
audit-detail-skipped = écartés
audit-detail-stopped = arrêtés
audit-detail-ways = Méthodes de recherche
audit-detail-interfaces = Interfaces réseau
audit-detail-ranges = Plages d’adresses
audit-reason-invitation = invitation non acceptée
nav-members = Membres
nav-activity = Activité
list-members-name = Nom, e-mail
list-members-email = E-mail
list-members-role = Rôle
list-members-folders = Dossiers
list-members-origin = Origine
list-members-state = État
list-members-last_seen = Vu le
list-members-login = Identifiant
choice-members-role-owner = Propriétaire
choice-members-role-admin = Admin
choice-members-role-operator = Opérateur
choice-members-role-viewer = Lecteur
choice-members-origin-by_hand = Manuelle
choice-members-origin-invitation = Invitation
choice-members-origin-label = Libellé
choice-members-state-active = Actif
choice-members-state-promotion_waiting = Promotion en attente
choice-members-state-invited = Invité
list-activity-at = Heure
list-activity-who = Utilisateur
list-activity-act = Action
list-activity-subject = Objet
list-activity-result = Résultat
list-activity-details = Détails
choice-activity-result-done = Effectué
choice-activity-result-refused = Refusé
choice-activity-result-failed = Échec
list-systems-folder = Dossier
list-systems-folder_id = Dossier et sous-dossiers
invitation-subject = Invitation à rejoindre { $organization } dans Flotilla
invitation-moment =
    { $day ->
        [1] 1er
       *[other] { $day }
    } { $month ->
       *[1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
        [12] décembre
    } { $year } à { $time } ({ $zone })
invitation-text-place = Ouvrez { $place }, ou rejoignez cet espace de travail depuis Flotilla sur votre ordinateur
invitation-text-no-place = Ouvrez Flotilla là où se trouve cet espace de travail
invitation-text =
    Bonjour,

    { $inviter } vous invite à rejoindre { $organization } dans Flotilla. Rôle prévu : { $role }.

    1. { $place }.
    2. Sur la page de connexion, choisissez « J’ai une invitation » et saisissez ce code :

    { $code }

    Vous commencez comme lecteur ; le rôle prévu est accordé après votre première connexion. Le code sert une seule fois, pour cette adresse e-mail uniquement, jusqu’au { $until }.

    Si vous n’attendiez pas ce message, vous pouvez l’ignorer.
invitation-have = J’ai une invitation
invitation-title = Accepter une invitation
invitation-code = Code d’invitation
invitation-code-hint = 26 lettres et chiffres, dans le message reçu
invitation-back = Retour à la connexion
invitation-found = Invitation à rejoindre { $organization }
invitation-found-why = Pour { $address }, rôle prévu : { $role }. Vous commencez comme lecteur ; le rôle est accordé après votre première connexion.
invitation-who = Avez-vous un compte dans cet espace de travail ?
invitation-new = Non, je suis nouveau
invitation-existing = Oui, j’ai un compte
invitation-accept-new = Créer le compte et rejoindre
invitation-accept = Se connecter et rejoindre
invitation-joined = Vous êtes maintenant membre de { $organization }
members-invite = Inviter…
members-invite-title = Inviter des personnes
members-access = Rôles et accès…
members-access-title = Rôles et accès
members-remove = Retirer…
members-grant = Accorder
members-grant-role = Accorder le rôle { $role } à { $name }
members-grant-several = Accorder les promotions
members-every-folder = Tous les dossiers
members-other-folders =
    { $count ->
        [one] { $number } autre dossier
       *[other] { $number } autres dossiers
    }
members-no-folder = Aucun dossier
members-not-signed-in = Pas encore connecté
members-label = Libellé « { $labels } »
members-promotion-to = vers { $role }
members-days-left =
    { $count ->
        [one] encore { $number } jour
       *[other] encore { $number } jours
    }
members-ended = expirée
members-online = en ligne
members-send-again = Renvoyer…
members-revoke = Révoquer l’invitation
members-more = Autres actions pour { $name }
members-waiting =
    { $count ->
        [one] { $number } membre attend une promotion
       *[other] { $number } membres attendent une promotion
    }
members-waiting-why = Par sécurité, toute invitation est acceptée comme lecteur ; le rôle choisi est accordé ici après la première connexion.
members-waiting-show = Les afficher
members-empty = Aucun membre
members-empty-why = Les personnes qui travaillent pour cette organisation figurent ici.
members-promoted =
    { $count ->
        [0] Aucune promotion accordée
        [one] Promotion accordée
       *[other] { $number } promotions accordées
    }
members-changed =
    { $count ->
        [0] Aucun membre modifié
        [one] Rôle et dossiers modifiés
       *[other] Rôle et dossiers de { $number } membres modifiés
    }
members-removed =
    { $count ->
        [0] 0 retiré
        [one] Retiré
       *[other] { $number } retirés
    }
members-remove-title =
    { $count ->
        [0] Ne retirer aucun membre ?
        [one] Retirer { $name } ?
       *[other] Retirer { $number } membres ?
    }
members-remove-body = Ils ne voient plus cette organisation, immédiatement. Leurs comptes restent. Les invitations sont révoquées.
members-remove-do =
    { $count ->
        [0] Retirer 0 membre
        [one] Retirer
       *[other] Retirer { $number } membres
    }
members-outcomes-title =
    { $count ->
        [one] { $number } membre inchangé
       *[other] { $number } membres inchangés
    }
members-outcomes-unseen = N’est plus membre
members-step-role = Rôle
members-step-folders = Dossiers
members-step-confirm = Confirmer
members-role-owner-can = Un propriétaire a tous les dossiers et tous les droits ; il peut nommer d’autres propriétaires et archiver l’organisation.
members-role-admin-can = Un admin a tous les dossiers et gère les systèmes, les licences, les dossiers et les membres, sauf les propriétaires.
members-role-operator-can = Un opérateur intervient sur les systèmes des dossiers choisis : alarmes, tâches, applications. Licences, membres et dossiers restent aux admins et propriétaires.
members-role-viewer-can = Un lecteur voit les dossiers choisis et ne modifie rien.
members-role-owner-only = Seuls les propriétaires et les administrateurs nomment ou révoquent un propriétaire.
members-folders-hold = Vaut pour tout ce qui est en dessous, dès maintenant et à l’avenir
members-folders-choose = Choisissez au moins un dossier
members-folder-inherited = hérité
members-folder-was = était accordé
members-folder-new = nouveau
members-changes = Ce qui change, immédiatement
members-change-role = Rôle
members-change-visible = Systèmes visibles
members-change-gains = Gagne
members-change-loses = Perd
members-change-folder =
    { $count ->
        [one] { $name }, { $number } système
       *[other] { $name }, { $number } systèmes
    }
members-chosen =
    { $count ->
        [0] 0 membre
        [one] { $name }
       *[other] { $number } membres
    }
members-next = Suivant
members-back = Retour
members-apply = Appliquer
members-emails = Adresses e-mail
members-emails-hint = Une ou plusieurs ; Entrée après chacune
members-emails-add = Ajouter une adresse
members-invite-viewer = Quel que soit votre choix, l’invitation est acceptée comme lecteur. Le reste attend d’être accordé ici.
members-invite-do =
    { $count ->
        [one] Inviter { $number } personne
       *[other] Inviter { $number } personnes
    }
members-invited =
    { $count ->
        [one] { $number } invitation est prête
       *[other] { $number } invitations sont prêtes
    }
members-invited-why = Transmettez-les maintenant : le code n’est affiché qu’ici. Plus tard, il faudra renvoyer l’invitation avec un autre code. Valable jusqu’au { $until }.
members-codes-title = Quitter sans transmettre les codes ?
members-codes-body = Les codes ne sont affichés qu’ici. Une invitation qui n’a pas été transmise ne peut qu’être renvoyée, avec un autre code.
members-codes-do = Quitter
members-invited-correct = Corriger les adresses
members-invited-not = Non invités
members-copy-text = Copier le texte
members-copy-text-of = Copier le texte pour { $email }
members-text = Texte de l’invitation
members-save-message = Enregistrer en e-mail…
members-save-message-of = Enregistrer l’invitation pour { $email } en fichier e-mail
members-message-saved = { $name } enregistré
members-done = Terminé
organizations-tab-general = Général
organizations-tab-folders = Dossiers
organizations-tab-activity = Activité
organizations-archive-no-refund = Les licences sont gelées : les années d’abonnement et les durées de validité continuent de courir, sans remboursement. Les tâches planifiées sont arrêtées.
organizations-archive-wallet_licences = Licences en portefeuille
organizations-archive-subscriptions = Abonnements en cours
organizations-archive-waiting_licences = Licences en attente d’un démarrage
organizations-archive-hardware_licences = Licences matérielles
organizations-restore-confirmation = Collez l’identifiant de l’organisation
activity-empty = Aucune activité pour l’instant
activity-empty-why = Qui a fait quoi, et quand, figure ici.
activity-entry = Entrée du { $time }
members-act-access = Rôles et accès des membres sélectionnés
members-act-remove = Retirer les membres sélectionnés
organizations-act-members = Membres de l’organisation choisie
organizations-act-folders = Dossiers de l’organisation choisie
organizations-act-activity = Activité de l’organisation choisie
organizations-act-choose-first = Choisissez d’abord une organisation en haut
systems-act-move = Déplacer les systèmes sélectionnés vers un dossier
folders-title = Dossiers
folders-all = Tous les dossiers
folders-expand = Déplier { $name }
folders-collapse = Replier { $name }
folders-more = Actions pour { $name }
folders-new = Nouveau dossier…
folders-new-title = Nouveau dossier dans { $name }
folders-create = Créer le dossier
folders-rename = Renommer…
folders-rename-title = Renommer { $name }
folders-rename-do = Renommer
folders-move = Déplacer…
folders-move-title = Déplacer { $name } vers
folders-move-do = Déplacer
folders-zone = Fuseau horaire…
folders-zone-title = Fuseau horaire de { $name }
folders-zone-own = Fuseau horaire
folders-zone-inherit = Hériter du dossier supérieur
folders-zone-inherited = Hérité : { $zone }
folders-zone-saved = Fuseau horaire enregistré
folders-delete = Supprimer…
folders-delete-title = Supprimer { $name } ?
folders-delete-do = Supprimer le dossier
folders-delete-advice = Déconnectez d’abord les applications sur site qui se synchronisent avec ce dossier. Une application qui se synchronise avec un dossier disparu peut être endommagée au point que seul son éditeur puisse la réparer.
folders-delete-tick = Plus aucune application ne se synchronise avec ce dossier
folders-delete-members = Ces membres perdent leur accès par ce dossier :
folders-delete-no-members = Aucun membre n’a accès par ce seul dossier.
folders-delete-invitations =
    { $count ->
        [one] { $number } invitation vers ce dossier est révoquée.
       *[other] { $number } invitations vers ce dossier sont révoquées.
    }
folders-delete-full = Le dossier n’est pas vide
folders-delete-full-why = Déplacez ou retirez d’abord son contenu.
folders-delete-applications =
    { $count ->
        [one] { $number } système de ce dossier peut se synchroniser automatiquement avec lui :
       *[other] { $number } systèmes de ce dossier peuvent se synchroniser automatiquement avec lui :
    }
folders-delete-systems =
    { $count ->
        [0] Aucun système à afficher
        [one] Afficher son système
       *[other] Afficher ses { $number } systèmes
    }
folders-delete-folders =
    { $count ->
        [0] Aucun sous-dossier à afficher
        [one] Afficher son sous-dossier
       *[other] Afficher ses { $number } sous-dossiers
    }
folders-name = Nom
folders-created = { $name } créé
folders-renamed = Renommé en { $name }
folders-moved = { $name } déplacé dans { $into }
folders-deleted = { $name } supprimé
folders-systems = Systèmes
folders-systems-in =
    { $count ->
        [one] { $number } système
       *[other] { $number } systèmes
    }
folders-states = { $state } : { $number }
folders-hint = Faites glisser un dossier ou des systèmes sur un dossier pour les déplacer ; ou utilisez le menu.
systems-move-title =
    { $count ->
        [one] Déplacer { $number } système vers
       *[other] Déplacer { $number } systèmes vers
    }
systems-move = Déplacer…
systems-move-do =
    { $count ->
        [one] Déplacer { $number } système
       *[other] Déplacer { $number } systèmes
    }
systems-moved =
    { $count ->
        [one] { $number } système déplacé dans { $into }
       *[other] { $number } systèmes déplacés dans { $into }
    }
systems-move-outcomes =
    { $count ->
        [one] { $number } système non déplacé
       *[other] { $number } systèmes non déplacés
    }
systems-move-unseen = Système non visible
systems-move-one = Choisissez d’abord une seule organisation en haut

## Licences

list-licences-customer = Client
list-licences-product = Produit
list-licences-status = État de la licence
list-licences-status_date = Date de l’état
list-licences-next_date = Prochaine date
list-licences-shortage = Manque
list-licences-need = Besoin
list-licences-wallet = Portefeuille
list-licences-waiting = En attente
list-licence_lots-place = Ordre
list-licence_lots-key = Clé
list-licence_lots-customer = Client
list-licence_lots-product = Produit
list-licence_lots-product_id = Produit
list-licence_lots-licence_type = Type
list-licence_lots-term = Durée (années)
list-licence_lots-origin = Nature
list-licence_lots-issuer = Émetteur
list-licence_lots-purpose = Usage
list-licence_lots-order = Commande
list-licence_lots-redeemed = Convertie le
list-licence_lots-shelf_end = Fin de conservation
list-licence_lots-quantity = Dans le lot
list-licence_lots-left = Reste
list-licence_lots-allocated = Allouées
list-licence_lots-waiting = En attente
list-licence_lots-expired = Expirées
list-licence_lots-state = État
list-licence_history-number = Écriture
list-licence_history-day = Date
list-licence_history-customer = Client
list-licence_history-product = Produit
list-licence_history-product_id = Produit
list-licence_history-kind = Quoi
list-licence_history-wallet = Portefeuille
list-licence_history-account_name = Qui
list-licence_history-reason = Pourquoi
list-licence_history-screen = Depuis la page
list-licence_history-at = Écrite le
list-licence_endings-date = Dernier jour
list-licence_endings-customer = Client
list-licence_endings-product = Produit
list-licence_endings-product_id = Produit
list-licence_endings-kind = Ce qui se termine
list-licence_endings-quantity = Licences
list-licence_endings-short = Manque
list-licence_endings-wallet = Portefeuille
list-licence_endings-key = Clé
list-licence_endings-quiet = Couvert
choice-licences-status-registered = Enregistré
choice-licences-status-not_registered = Non enregistré
choice-licences-status-trial = Essai
choice-licences-status-trial_ended = Essai terminé
choice-licences-status-started = Abonnement démarré, délai de grâce
choice-licences-status-renewal_due = Renouvellement à faire, délai de grâce
choice-licences-status-unlicensed = Sans licence
choice-licences-status-beyond_growth = Au-delà de la croissance admise
choice-licences-status-nothing_needed = Aucun besoin
choice-licences-status-licensed = Sous licence
choice-licences-status-archived = Archivée
choice-licence_lots-origin-signed = Signée
choice-licence_lots-origin-declared = Déclarée
choice-licence_lots-origin-credit = Avoir, allocation tardive
choice-licence_lots-origin-opening = Ouverture
choice-licence_lots-purpose-subscription = Abonnement
choice-licence_lots-purpose-expansion = Extension
choice-licence_lots-purpose-upgrade = Mise à niveau
choice-licence_lots-state-usable = Utilisable
choice-licence_lots-state-waiting = En attente
choice-licence_lots-state-expired = Expiré
choice-licence_lots-state-used_up = Épuisé
choice-licence_history-kind-registered = Produit enregistré
choice-licence_history-kind-trial_started = Essai démarré
choice-licence_history-kind-subscription_started = Abonnement démarré
choice-licence_history-kind-need_changed = Besoin modifié
choice-licence_history-kind-redeemed = Clé convertie
choice-licence_history-kind-allocated = Allocation
choice-licence_history-kind-transfer_sent = Transfert envoyé
choice-licence_history-kind-transfer_received = Transfert reçu
choice-licence_history-kind-transfer_recalled = Transfert rappelé par l’expéditeur
choice-licence_history-kind-transfer_returned = Transfert revenu
choice-licence_history-kind-expansion_allocated = Allocation à un système
choice-licence_history-kind-upgraded = Mise à niveau utilisée
choice-licence_history-kind-offline_issued = Fichier de licence émis
choice-licence_history-kind-offline_confirmed = Fichier de licence confirmé
choice-licence_history-kind-offline_returned = Restitué par un système
choice-licence_history-kind-offline_lapsed = Fichier de licence caduc
choice-licence_history-kind-hardware_registered = Matériel enregistré
choice-licence_history-kind-hardware_removed = Matériel retiré
choice-licence_history-kind-opened = Solde d’ouverture
choice-licence_history-kind-reconciled = Rapprochement
choice-licence_history-kind-reversed = Annulation
choice-licence_history-kind-ended = Abonnement résilié
choice-licence_history-kind-archived = Gel : organisation archivée
choice-licence_history-kind-restored = Dégel : organisation restaurée
choice-licence_history-kind-year_began = Début d’année
choice-licence_history-kind-year_licensed = Année sous licence
choice-licence_history-kind-shelf_life_ended = Expiration : fin de conservation
choice-licence_endings-kind-trial = Essai
choice-licence_endings-kind-grace = Délai de grâce
choice-licence_endings-kind-year = Année d’abonnement
choice-licence_endings-kind-shelf_life = Conservation
choice-licence_endings-kind-waiting_shelf_life = Conservation, en attente d’activation

## Licences: pages

licences-list-licences = Produits
licences-list-endings = Échéances
licences-list-lots = Portefeuilles
licences-list-history = Historique
licences-product = Produit
licences-products = Liste de produits
licences-products-held = Enregistrés
licences-products-others = Non enregistrés
licences-no-products = Le catalogue ne contient aucun produit
licences-no-products-why = Un administrateur peut ajouter des produits au catalogue.
licences-where = Où vous êtes
licences-parts = Parties du produit
licences-tab-overview = Vue d’ensemble du produit
licences-tab-licensing = Licence de produit
licences-tab-wallet = Portefeuille de produits
licences-tab-systems = Systèmes
licences-tab-history = Historique
licences-more = Autres actions
licences-more-of = Autres actions pour { $name }
licences-where-to-buy = Où acheter
licences-buy-at = Acheter chez { $name }
licences-buy-from = Votre contact : { $name }
licences-notices = Avis de licences
licences-notice-of = { $customer }, { $product } :
licences-notice-grace_ends = { $count ->
        [0] Le délai de grâce se termine le { $date }.
        [one] Le délai de grâce se termine le { $date } ; il manque { $count } licence.
       *[other] Le délai de grâce se termine le { $date } ; il manque { $count } licences.
    }
licences-notice-grace_began = { $count ->
        [0] Un délai de grâce court jusqu’au { $date }.
        [one] Un délai de grâce court jusqu’au { $date } ; il manque { $count } licence.
       *[other] Un délai de grâce court jusqu’au { $date } ; il manque { $count } licences.
    }
licences-notice-growth = { $count ->
        [one] { $count } licence est due au-delà de la croissance admise.
       *[other] { $count } licences sont dues au-delà de la croissance admise.
    }
licences-notice-shelf_life = { $count ->
        [one] { $count } licence du portefeuille ne peut être allouée que jusqu’au { $date }.
       *[other] { $count } licences du portefeuille ne peuvent être allouées que jusqu’au { $date }.
    }
licences-notice-dismiss = Écarter cet avis sur { $customer }, { $product }
licences-notices-more = { $count ->
        [one] { $count } autre avis
       *[other] { $count } autres avis
    }
test-clock-name = Copie à une autre date
test-clock-today = Et si nous étions le { $date }
test-clock-why = Ceci est une copie : rien n’est réécrit et aucun système n’est contacté.
test-clock-another = Autre date…
test-clock-leave = Supprimer la copie et revenir
test-clock-command = Et si nous étions le…
test-clock-title = Et si nous étions à une autre date ?
test-clock-body = Une copie de l’espace de travail est ouverte à cette date. Rien de ce que vous y faites n’est réécrit, aucun système n’est contacté depuis elle, et elle est supprimée quand vous la quittez.
test-clock-body-on = La copie avance jusqu’à cette date. Elle ne peut pas reculer.
test-clock-date = Date
test-clock-date-hint = De demain à 20 ans plus tard
test-clock-open = Ouvrir la copie
test-clock-go-on = Aller à cette date
licences-back = Retour
licences-not-now = Impossible dans cet état
licences-by-status = Par état de la licence
licences-empty = Aucun produit n’est encore enregistré
licences-empty-why = Ouvrez une organisation pour voir sa liste de produits et enregistrer ceux qu’elle utilise.
licences-empty-why-here = La liste de produits montre ce qui existe. Enregistrez les produits que cette organisation utilise.
licences-soon = Échéance sous 90 jours : { $number }
licences-soon-here = Échéance sous 90 jours
licences-command-soon = Afficher les licences arrivant à échéance sous 90 jours
licences-command-products = Ouvrir la liste de produits des licences
licences-command-redeem = Convertir des clés de licence pour le produit sélectionné
licences-command-allocate = Allouer ou renouveler des licences du produit sélectionné
licences-command-transfer = Transférer des licences du produit sélectionné
licences-command-catalogue = Ouvrir le catalogue de produits
licences-command-issuers = Ouvrir les émetteurs de clés de licence
licences-clock-behind = L’horloge de cet ordinateur retarde. Les dates des licences utilisent le { $date }
licences-clock-behind-why = Une heure plus tardive figure dans le registre. Réglez l’horloge pour que la date du jour soit la même partout.
licences-status-archived = Archivée
licences-status-not_registered = Non enregistré
licences-status-registered = Enregistré
licences-status-trial = Essai jusqu’au { $date }
licences-status-trial_ended = Essai terminé le { $date }
licences-status-started = Abonnement démarré, délai de grâce jusqu’au { $date }
licences-status-renewal_due = À renouveler, délai de grâce jusqu’au { $date }
licences-status-unlicensed = Sans licence depuis le { $date }
licences-status-beyond_growth = Croissance autorisée dépassée de { $number }
licences-status-nothing_needed = Aucun besoin
licences-status-licensed = Sous licence jusqu’au { $date }
licences-means-archived = L’organisation est archivée. Ses licences sont gelées jusqu’à sa restauration.
licences-means-not_registered = Un produit doit être enregistré auprès de l’organisation avant de pouvoir être mis sous licence.
licences-means-registered = Démarrez l’abonnement lors de la mise en service du produit.
licences-means-trial = Jusque-là, le produit peut être utilisé sans licence.
licences-means-trial_ended = Démarrez l’abonnement pour continuer à utiliser le produit.
licences-means-started = Les licences peuvent être allouées jusque-là ; rien n’est perdu entre-temps.
licences-means-renewal_due = Les licences peuvent être allouées jusque-là ; rien n’est perdu entre-temps.
licences-means-unlicensed = Le produit n’est pas sous licence. Ce qui est alloué maintenant est compensé pour les jours écoulés.
licences-means-beyond_growth = Plus de { $percent } % de ce qui était alloué s’est ajouté pendant l’année. Allouez ce qui est dû.
licences-means-nothing_needed = Aucun système n’a besoin de licences. Le premier qui en a besoin ouvre un délai de grâce de { $days } jours.
licences-means-licensed = Tout le besoin est alloué.
licences-days-left =
    { $count ->
        [one] { $count } jour restant.
       *[other] { $count } jours restants.
    }
licences-missing-for = Il manque { $what } pour l’année commencée le { $date }.
licences-registered-on = Enregistré le
licences-started-on = Démarré le
licences-licensed-until = Sous licence jusqu’au
licences-next-anniversary = Prochain anniversaire
licences-trial-until = Essai jusqu’au
licences-ended-on = Résilié le
licences-catalogue = Catalogue de produits
licences-version = version { $version }
licences-amount = { $number } { $name }
licences-amount-term = { $what } ({ $term })
licences-term =
    { $count ->
        [one] { $count } an
       *[other] { $count } ans
    }
licences-term-none = sans durée
licences-term-head = Durée
licences-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
licences-left =
    { $count ->
        [one] encore { $count } jour
       *[other] encore { $count } jours
    }
licences-days-ago =
    { $count ->
        [one] il y a { $count } jour
       *[other] il y a { $count } jours
    }
licences-days-of = jours-licence { $name }
licences-licences =
    { $count ->
        [one] licence
       *[other] licences
    }
licences-waiting-count =
    { $count ->
        [one] { $count } licence en attente
       *[other] { $count } licences en attente
    }
licences-from = à partir du { $date }
licences-from-to = du { $from } au { $until }
licences-next-step = Prochaine étape
licences-next-step-why = Ce que l’état demande.
licences-step-register = Enregistrez le produit auprès de cette organisation. Cela ne coûte rien et ne démarre rien.
licences-step-start = Démarrez l’abonnement. Un délai de grâce de { $days } jours commence pour acheter, convertir et allouer des licences.
licences-step-allocate = Le portefeuille contient des licences. Allouez-les à l’année d’abonnement.
licences-step-redeem = Le portefeuille ne contient pas assez de licences. Achetez des licences, puis convertissez leurs clés.
licences-step-none = Il n’y a rien à faire pour l’instant.
licences-step-others = Un propriétaire ou un admin de l’organisation s’occupe de ses licences.
licences-do-register = Enregistrer…
licences-do-trial = Démarrer l’essai…
licences-do-start = Démarrer votre abonnement…
licences-do-allocate = Allouer…
licences-do-renew = Renouveler…
licences-do-redeem = Convertir une clé…
licences-do-transfer = Transférer…
licences-do-recall = Rappeler…
licences-do-need = Définir le besoin…
licences-do-system = Allouer des licences…
licences-do-upgrade = Utiliser une mise à niveau…
licences-do-open = Saisir un solde d’ouverture…
licences-do-reconcile = Rapprocher avec le fournisseur…
licences-do-end = Résilier l’abonnement…
licences-do-reverse = Annuler l’écriture…
licences-now = Aujourd’hui
licences-need = Besoin
licences-nothing = rien
licences-ending = Échéance sous 90 jours
licences-ending-first = { $number }, les premières le { $date }
licences-need-pending = Le besoin des systèmes a changé entre-temps. Il est inscrit à la prochaine action, ou dans l’heure.
licences-transfers = Transferts
licences-waiting-here = Des licences attendent ce produit
licences-waiting-here-why = Elles entrent dans le portefeuille dès qu’un essai ou l’abonnement est démarré.
licences-sent-to = { $what } vers { $customer }
licences-sent-from = { $what } de { $customer }
licences-sent-why = Envoyées le { $date }. Elles entrent dans son portefeuille quand elle démarre { $product } ; leur conservation court jusqu’au { $end }.
licences-received-why = Envoyées le { $date }. Elles entrent dans le portefeuille quand { $product } est démarré ; leur conservation court jusqu’au { $end }.
licences-unknown-organization = une organisation que vous ne voyez pas
licences-rules = Ce qui vaut pour ce produit
licences-rules-why = D’après le catalogue de produits, version { $version }. Un abonnement en cours garde sa version jusqu’à son année suivante.
licences-fact = Donnée
licences-facts = Sources
licences-value = Valeur
licences-source = Source
licences-assumed = hypothèse
licences-source-title = « { $title } »
licences-assumed-why = Aucun document ne l’indique ; c’est une hypothèse, modifiable dans le catalogue.
licences-assumed-count = Hypothèses
licences-fact-name = Nom
licences-fact-types = Types de licence
licences-fact-terms = Durées
licences-fact-grace_days = Délai de grâce
licences-fact-trial_days = Essai
licences-fact-storage_years = Conservation
licences-fact-ahead_years = Renouvellement anticipé
licences-fact-tolerance_percent = Croissance autorisée
licences-fact-transferable = Transfert vers d’autres organisations
licences-fact-substitutions = Substitutions
licences-fact-hardware = Matériel fourni avec licences
licences-fact-where_to_buy = Où acheter
licences-fact-part_numbers = Références
licences-unit-trial_days = jours
licences-unit-grace_days = jours
licences-unit-storage_years = ans
licences-unit-ahead_years = ans
licences-unit-tolerance_percent = %
licences-no-trial = aucun
licences-assumptions = Hypothèses retenues
licences-assumptions-why = Les manuels laissent des lacunes. Ces règles les comblent, afin que chaque nombre puisse être vérifié.
licences-rule-need = Besoin.
licences-rule-need-why = Par système et par type : ce qui est requis, moins ce qui est lié au matériel et alloué en extension ; le reste peut être couvert par un type de substitution.
licences-rule-licensed = Sous licence.
licences-rule-licensed-why = Une année est sous licence quand chaque type a ce dont il a besoin. Son besoin est alors figé ; les années suivantes suivent les systèmes.
licences-rule-growth = Croissance.
licences-rule-growth-why = Les systèmes ajoutés ensuite comptent l’année suivante, jusqu’à { $percent } % de ce qui était alloué. Ce qui dépasse est dû immédiatement.
licences-rule-nothing = Aucun besoin.
licences-rule-nothing-why = Une année sans besoin a un délai de grâce de { $days } jours à compter du premier jour où un besoin apparaît.
licences-rule-terms = Durées.
licences-rule-terms-why = Une licence de plusieurs ans est allouée d’un coup à toutes ses années, jamais divisée. Les lots proposés sont ceux qui laissent le moins d’inutilisé.
licences-rule-late = Allocation tardive.
licences-rule-late-why = Pendant les { $days } jours de grâce, rien n’est compensé. Ensuite, les jours écoulés sont rendus en licences d’un an ; le reste est gardé en jours-licence. Les dates ne changent jamais.
licences-by-year = Licences par année
licences-every-number = chaque nombre montre de quoi il est fait
licences-year = Année d’abonnement
licences-year-now = en cours
licences-state = État
licences-grace = Délai de grâce
licences-frozen = Figé à
licences-frozen-why = Ce qui était alloué quand l’année est passée sous licence ; la croissance se mesure par rapport à ce nombre.
licences-allocated = Allouées
licences-short = Manque
licences-year-past = Terminée
licences-year-allocated = Allouée
licences-year-licensed = Sous licence
licences-year-grace = Manque { $number }
licences-year-unlicensed = Manque { $number }
licences-year-nothing_needed = Aucun besoin
licences-year-short = Manque { $number }
licences-year-not_allocated = Non allouée
licences-allocate-nothing = Rien à allouer
licences-allocate-nothing-why = Aucun système n’a besoin de licences de ce produit ces années-là. Le besoin d’un système se définit sur la page des systèmes.
licences-years-nothing = Aucun système n’a encore besoin de licences de ce produit.
licences-allocate-for = Allouer
licences-years-to-allocate = Années à allouer
licences-years-unit =
    { $count ->
        [one] année
       *[other] années
    }
licences-covers = Le portefeuille suffit
licences-missing = Il manque : { $what }
licences-missing-why = En licences d’un an. Convertissez des clés ou choisissez moins d’années.
licences-all-years = Toutes les années possibles sont sous licence
licences-allocate-number = Allouer { $number }…
licences-no-subscription = Pas encore d’abonnement
licences-no-subscription-why = Les années commencent avec l’abonnement. S’il existe déjà chez le fournisseur, saisissez un solde d’ouverture.
licences-wallet-empty = vide
licences-wallet-has =
    { $count ->
        [one] { $count } licence utilisable
       *[other] { $count } licences utilisables ; la première à expirer est utilisée en premier
    }
licences-to-wallet = Portefeuille de produits
licences-lots = Lots
licences-lot = Lot
licences-lot-credit = Compensation
licences-lot-opening = Solde d’ouverture
licences-lot-option = { $key } : { $what }, jusqu’au { $date }
licences-first-first = le premier à expirer est utilisé en premier
licences-show-gone = Afficher les lots expirés et épuisés
licences-lots-none = Aucun lot n’est encore entré dans ce portefeuille.
licences-lots-none-usable = Aucune licence utilisable. Convertissez des clés de licence pour remplir le portefeuille.
licences-lots-more = Les { $shown } premiers lots sur { $total } sont affichés.
licences-lots-empty = Aucune licence dans les portefeuilles
licences-lots-empty-why = Convertissez des clés de licence sur la page d’un produit ; leur contenu est conservé ici jusqu’à cinq ans.
licences-note = Remarque
licences-origin-signed = Signée
licences-origin-declared = Déclarée
licences-origin-credit = Compensation
licences-origin-opening = Ouverture
licences-signed-by = Signée par { $issuer }
licences-signed-by-revoked = Signée par { $issuer }, révoqué depuis
licences-purpose-subscription = Abonnement
licences-purpose-expansion = Extension
licences-purpose-upgrade = Mise à niveau
licences-can-allocate = Utilisables
licences-licence-years = Années-licence
licences-first-on = les premières le { $date }
licences-on-the-way = En transfert
licences-waiting-elsewhere = en attente ailleurs
licences-residual = Reste de compensation
licences-shelf-label = Conservation des lots : { $lots }
licences-shelf-of = { $lot } jusqu’au { $date }
licences-shelf-until = jusqu’au { $date }
licences-postings = Mouvements
licences-postings-count =
    { $count ->
        [one] { $count } mouvement
       *[other] { $count } mouvements
    }
licences-postings-why = Un nombre est la somme de ses mouvements ; chacun appartient à une écriture du registre.
licences-postings-several = Les licences de plusieurs ans comptent aussi pour les années qui suivent leur première.
licences-postings-newest = Seuls les { $number } derniers mouvements sont affichés ; l’export contient tout le registre.
licences-no-postings = Aucun mouvement ici.
licences-no-postings-entry = Cette écriture ne déplace aucune licence.
licences-entry = Écriture
licences-account = Compte
licences-number = Nombre
licences-number-of = Nombre de { $lot }
licences-all-types = Tous les types
licences-account-issuer = Émetteur
licences-account-wallet = Portefeuille
licences-account-year = Allouées à { $year }
licences-account-some-year = Allouées à une année d’abonnement
licences-account-system = Allouées à un système
licences-account-offline = Dans un fichier de licence non confirmé
licences-account-transit = En transit
licences-account-waiting = En attente d’activation
licences-account-frozen = Gelées
licences-account-expired = Expirées
licences-account-consumed = Utilisées
licences-account-returned = Restituées
licences-account-residual = Reste de compensation
licences-all-entries =
    { $count ->
        [one] { $count } écriture
       *[other] Les { $count } écritures
    }
licences-by-clock = Flotilla
licences-by-clock-why = Flotilla, à l’échéance
licences-reverse-key = La clé reste utilisée
licences-reverse-key-why = Une clé n’est acceptée qu’une seule fois : elle ne pourra plus être convertie ensuite, ni ici ni ailleurs. Pour donner les licences à une autre organisation, transférez-les.
licences-reversed = Cette écriture a été annulée
licences-export = Exporter le registre
licences-export-journal = Journal pour hledger
licences-export-json = JSON avec empreintes
licences-history-empty = Rien ne s’est encore passé
licences-history-empty-why = Tout ce qui est fait avec les licences est inscrit ici, par qui et pourquoi.
licences-screen-licences = Licences
licences-screen-products = Liste de produits
licences-screen-overview = Vue d’ensemble du produit
licences-screen-licensing = Licence de produit
licences-screen-wallet = Portefeuille de produits
licences-screen-systems = Systèmes
licences-screen-history = Historique
licences-screen-redeem = Conversion de clés
licences-screen-open = Solde d’ouverture
licences-screen-reconcile = Rapprochement avec le fournisseur
licences-do-file = Charger un fichier système
licences-do-hardware = Enregistrer un matériel
licences-views = Types de systèmes
licences-view-found = Connectés
licences-view-offline = Systèmes hors ligne
licences-view-hardware = Matériel
licences-reference = Référence
licences-screen-file = Fichier système
licences-offline-none = Aucun système hors ligne
licences-offline-none-why = Exportez un fichier système depuis un système sans réseau et chargez-le ici.
licences-offline-system = Système
licences-offline-state = État
licences-offline-needs = Besoins
licences-offline-holds = Détient
licences-offline-number = Numéro du fichier
licences-offline-returned = { $count ->
    [one] Afficher { $count } système restitué
   *[other] Afficher { $count } systèmes restitués
 }
licences-offline-issuer = Enregistrer la clé publique
licences-offline-issuer-why = Le système vérifie le fichier de licence à l’aide de cette clé publique ; elle est nécessaire une fois sur chaque système.
licences-offline-state-requested = Demandé
licences-offline-state-pending = En attente
licences-offline-state-licensed = Sous licence
licences-offline-state-lapsed = Caduc
licences-offline-state-returned = Restitué
licences-offline-state-lost = Perdu
licences-offline-until = Utilisable jusqu’au { $date }
licences-offline-replaced-by = Remplacé par { $name }
licences-offline-waits = Une nouvelle demande attend
licences-offline-source-of-system_file = D’après son fichier système
licences-offline-source-of-by_hand = Saisi à la main
licences-offline-pending = { $what } en attente
licences-offline-do-issue = Émettre le fichier de licence
licences-offline-do-save = Enregistrer de nouveau le fichier de licence
licences-offline-do-confirmed = Confirmer à la main
licences-offline-do-returned = Licences restituées
licences-offline-do-lapse = Déclarer le fichier de licence caduc
licences-offline-issued = Fichier de licence pour { $name } émis
licences-offline-next = Apportez le fichier au système avant le { $date } et rapportez son fichier de confirmation. D’ici là, les licences sont en attente.
licences-offline-save = Enregistrer le fichier de licence
licences-offline-confirmation = Charger le fichier de confirmation
licences-offline-answered = Cette demande a reçu une réponse
licences-offline-answered-why = Exportez un nouveau fichier système depuis le système pour modifier ses licences.
licences-offline-from-year = Première année
licences-offline-years = Durée
licences-offline-replaces = Remplace un système perdu
licences-offline-replaces-hint = { $count ->
    [0] Plus aucun système perdu ne peut être remplacé avant une restitution.
    [one] { $count } système perdu peut encore être remplacé avant une restitution.
   *[other] { $count } systèmes perdus peuvent encore être remplacés avant une restitution.
 }
licences-offline-replaces-none = Aucun
licences-offline-missing = Manquant : { $what }
licences-offline-missing-why = Ni le portefeuille ni les attributions libres de cette année ne couvrent les besoins du système.
licences-offline-contents = Contenu du fichier de licence
licences-offline-source = Provenance
licences-offline-source-wallet = Portefeuille
licences-offline-source-year = Attribué à l’année
licences-offline-source-replaced = Système perdu
licences-offline-source-kept = Déjà dans le système
licences-offline-from = Premier jour
licences-offline-last = Dernier jour
licences-offline-for-good = Sans fin
licences-offline-sum = { $count ->
    [one] Le fichier contient { $number } licence
   *[other] Le fichier contient { $number } licences
 } et peut être utilisé jusqu’au { $date }.
licences-offline-issue = Émettre et enregistrer le fichier de licence
licences-hardware-why = Les licences livrées avec un matériel comptent tant qu’il est enregistré. Elles n’entrent jamais dans le portefeuille.
licences-hardware-none = Aucun matériel enregistré
licences-hardware-none-why = Enregistrez par son numéro de série un matériel livré avec des licences.
licences-hardware-serial = Numéro de série
licences-hardware-model = Modèle
licences-hardware-system = Intégré à
licences-hardware-system-hint = Un système sans réseau ; ce dont il a besoin est réduit de ce que porte le matériel.
licences-hardware-system-none = Aucun système sans réseau
licences-hardware-carries = Licences
licences-hardware-since = Depuis
licences-hardware-state-active = Actif
licences-hardware-state-suspended = Suspendu
licences-hardware-source-catalogue = Catalogue
licences-hardware-source-system_file = Fichier système
licences-hardware-source-by_hand = Saisi à la main
licences-hardware-do-remove = Retirer
licences-hardware-do-again = Enregistrer de nouveau
licences-hardware-body = Les licences deviennent actives à l’enregistrement et restent liées à ce matériel.
licences-hardware-known = Le catalogue indique combien de licences ce modèle contient.
licences-hardware-again = Ce matériel a déjà été enregistré ; il a les mêmes licences qu’alors.
licences-hardware-reference-hint = Par exemple le bon de livraison ou la plaque signalétique.
licences-hardware-done = Matériel { $serial } enregistré auprès de { $customer }
licences-outcome-gone = L’élément n’existe plus ; quelqu’un d’autre l’a peut-être modifié.
licences-outcome-confirmed-title = Confirmer à la main le fichier de licence de { $name }
licences-outcome-confirmed-body = Ne le faites que si vous savez que le système a pris en compte le fichier. L’écriture porte la mention de votre attestation.
licences-outcome-confirmed-confirm = Confirmer
licences-outcome-confirmed-done = Fichier de licence de { $name } confirmé
licences-outcome-returned-title = { $name } a-t-il restitué ses licences ?
licences-outcome-returned-body = Le système ne doit plus utiliser aucune licence. Les licences en attente retournent dans le portefeuille ; celles déjà utilisées restent attribuées à leurs années, pour d’autres systèmes.
licences-outcome-returned-confirm = Licences restituées
licences-outcome-returned-done = Licences de { $name } restituées
licences-outcome-lapse-title = Déclarer caduc le fichier de licence de { $name }
licences-outcome-lapse-body = Le fichier n’est plus utilisable et aucune confirmation n’est arrivée. Ses licences retournent d’où elles venaient.
licences-outcome-lapse-confirm = Déclarer caduc
licences-outcome-lapse-done = Fichier de licence de { $name } caduc
licences-outcome-hardware-remove-title = Retirer le matériel { $name }
licences-outcome-hardware-remove-body = Ses licences sont suspendues. Elles redeviennent actives là où son numéro de série sera enregistré la prochaine fois.
licences-outcome-hardware-remove-confirm = Retirer le matériel
licences-outcome-hardware-remove-done = Matériel { $name } retiré
licences-file-title = Fichier système
licences-file-steps = Étapes
licences-file-step-choose = Fichier
licences-file-step-says = Son contenu
licences-file-step-answer = Fichier de licence
licences-file-step-saved = Confirmation
licences-file-choose = Choisissez le fichier du système
licences-file-choose-why = Une demande ou une confirmation écrite par un système sans réseau, ou un autre fichier qui le décrit.
licences-file-pick = Choisir un fichier
licences-file-another = Choisir un autre fichier
licences-file-finish = Terminer
licences-file-take = Accepter la confirmation
licences-file-accept = Enregistrer la demande
licences-file-returned = { $name } a restitué ses licences
licences-file-confirmed = Fichier de licence de { $name } confirmé
licences-file-kind-request = Demande d’un système
licences-file-kind-confirmation = Confirmation d’un système
licences-file-kind-other = Un autre fichier
licences-file-says-returned = { $name } a rendu ses licences
licences-file-says-confirmed = { $name } a pris en compte son fichier de licence
licences-file-other = Ce fichier n’est pas au format de Flotilla
licences-file-other-why = Il est conservé avec sa somme de contrôle. Saisissez ci-dessous ce qu’il indique sur le système.
licences-file-name = Fichier
licences-file-name-size = { $name }, { $size }
licences-file-bytes = { $count ->
    [one] { $number } octet
   *[other] { $number } octets
 }
licences-file-made = Créé le
licences-file-signed = Signature
licences-file-is-signed = Signé par le système
licences-file-unsigned = Non signé
licences-file-version = Version
licences-file-hardware = Identifiants du matériel
licences-file-hardware-hint = Un par ligne.
licences-file-digest = SHA-256
licences-file-no-needs = Le système n’a besoin d’aucune licence
licences-file-values = Ce qui a pu être lu
licences-file-entered = Ce que le fichier indique
licences-file-which-product = Choisissez un produit
licences-file-system-hint = Le nom que le système se donne, sans espace.
licences-file-need-of = Besoin : { $name }
licences-file-reference-hint = L’endroit où le fichier l’indique, par exemple une page ou un champ.
licences-period = Période
licences-by-month = Par mois
licences-later = après
licences-next-days = { $number } jours
licences-next-year = 12 mois
licences-all-dates = Toutes
licences-show-quiet = Aussi ce qui est couvert
licences-endings-empty = Aucune échéance ne demande d’action
licences-endings-empty-why = Essais, délais de grâce, années d’abonnement et fins de conservation apparaissent ici. Ce qui est déjà couvert peut aussi être affiché.
licences-no-systems = Cette organisation n’a pas encore de système
licences-no-systems-why = Les systèmes apparaissent avec la première connexion de l’organisation. Leur besoin peut aussi être saisi.
licences-need-today = Besoin actuel
licences-need-from-systems = systèmes, selon le catalogue
licences-need-from-files = systèmes hors réseau
licences-need-from-by_hand = saisi à la main
licences-need-from-hardware = apporté par le matériel
licences-need-by-hand = saisi à la main
licences-need-by-rule = d’après les systèmes, selon le catalogue
licences-need-each =
    { $count ->
        [one] { $count } licence par : { $kinds }
       *[other] { $count } licences par : { $kinds }
    }
licences-need-title = Définir le besoin
licences-need-whole = Pour l’organisation entière, en plus du besoin de ses systèmes.
licences-need-system = Pour le système { $name }, à la place de la règle du catalogue.
licences-need-how = Origine du besoin
licences-need-number = Un nombre saisi à la main
licences-need-rule = La règle du catalogue
licences-need-none = Uniquement ses systèmes
licences-need-licences = Licences nécessaires
licences-need-when = Cela vaut pour les années qui ne sont pas encore sous licence ; une année sous licence garde son besoin.
licences-need-done = Besoin enregistré
licences-of-system = Allouées à ce système
licences-right-organization = Vérifiez qu’il s’agit de la bonne organisation : licences et dates lui appartiennent.
licences-register-title = Enregistrer { $product } ?
licences-register-body = Le produit peut ensuite être essayé, démarré et mis sous licence dans cette organisation.
licences-register-confirm = Enregistrer le produit
licences-register-done = { $product } enregistré auprès de { $customer }
licences-trial-title = Démarrer l’essai de { $product } ?
licences-trial-body =
    { $count ->
        [0] Il se termine le jour même, le { $date }, et n’a lieu qu’une fois dans cette organisation.
        [one] Il dure un jour, jusqu’au { $date }, et n’a lieu qu’une fois dans cette organisation.
       *[other] Il dure { $count } jours, jusqu’au { $date }, et n’a lieu qu’une fois dans cette organisation.
    }
licences-trial-confirm = Démarrer l’essai
licences-trial-done = Essai de { $product } démarré
licences-start-title = Démarrer l’abonnement { $product }
licences-start-when = Début de ses années
licences-start-with = En même temps que { $product }
licences-start-with-why = Les mêmes anniversaires, comptés à partir du { $start } ; le prochain le { $next }
licences-start-today = Aujourd’hui
licences-start-today-why = Chaque année à l’anniversaire du { $date }
licences-start-means-later = Aucun besoin pour l’instant : le délai de grâce de { $days } jours commence avec le premier système qui a besoin de licences. Les dates des années ne bougent plus ensuite.
licences-start-means = Un délai de grâce de { $days } jours commence, jusqu’au { $date } : achetez, convertissez et allouez des licences entre-temps. Les dates des années ne changent plus ensuite.
licences-start-waiting =
    { $count ->
        [one] { $count } licence en attente entre dans le portefeuille
       *[other] { $count } licences en attente entrent dans le portefeuille
    }
licences-start-trial = L’essai prend alors fin.
licences-start-confirm = Démarrer l’abonnement
licences-start-done = Abonnement { $product } démarré
licences-end-title = Résilier l’abonnement { $product } ?
licences-end-body = Aucune année ultérieure ne sera due. Rien n’est remboursé ; les licences allouées le restent et celles du portefeuille gardent leur conservation.
licences-end-tick = Je comprends que les années suivantes ne seront pas sous licence
licences-end-confirm = Résilier l’abonnement
licences-end-done = Abonnement { $product } résilié
licences-reverse-title = Annuler cette écriture ?
licences-reverse-body = Une seconde écriture la reprend, avec votre motif ; rien n’est supprimé.
licences-reverse-confirm = Annuler l’écriture
licences-reverse-done = Écriture annulée
licences-reverse-gone = L’écriture est introuvable.
licences-recall-title = Rappeler ces licences ?
licences-recall-body = Elles ne sont pas encore activées et reviennent dans ce portefeuille.
licences-recall-confirm = Rappeler les licences
licences-recall-done = Licences rappelées
licences-recall-gone = Ces licences n’attendent plus.
licences-to-organization = Organisation
licences-reason = Motif
licences-reason-hint = Il reste dans l’historique
licences-system-title = Allouer des licences à { $name }
licences-system-body = Les licences d’extension du portefeuille vont à ce seul système et y restent.
licences-system-none = Le portefeuille n’a pas de licence d’extension. Convertissez d’abord une clé d’extension.
licences-system-confirm =
    { $count ->
        [one] Allouer { $count } licence
       *[other] Allouer { $count } licences
    }
licences-system-done =
    { $count ->
        [one] { $count } licence allouée à { $name }
       *[other] { $count } licences allouées à { $name }
    }
licences-upgrade-title = Utiliser des licences de mise à niveau
licences-upgrade-body = Elles ne servent qu’une fois et indiquent ce qu’elles ont mis à niveau.
licences-upgrade-none = Le portefeuille n’a pas de licence de mise à niveau. Convertissez d’abord une clé de mise à niveau.
licences-upgrade-subject = Ce qui est mis à niveau
licences-upgrade-from = De
licences-upgrade-to = Vers
licences-upgrade-confirm =
    { $count ->
        [one] Utiliser { $count } licence
       *[other] Utiliser { $count } licences
    }
licences-upgrade-done =
    { $count ->
        [one] { $count } licence de mise à niveau utilisée pour { $subject }
       *[other] { $count } licences de mise à niveau utilisées pour { $subject }
    }
licences-allocate-title = Allouer des licences
licences-renew-title = Renouveler l’abonnement
licences-to-allocate = À allouer
licences-to-allocate-of = { $name } à allouer à { $year }
licences-substituted = dont { $number } par { $types }
licences-never-lower = Un nombre peut être augmenté, jamais réduit : moins d’années, pas moins de licences.
licences-wallet-changed = Le portefeuille a changé entre-temps
licences-wallet-changed-why = Quelqu’un d’autre a utilisé ces licences. La proposition affichée est nouvelle ; rien n’a été alloué.
licences-in-wallet = Portefeuille
licences-taken = Prélevées
licences-returned = Rendues
licences-left-after = Restent
licences-taken-from = Prélevées dans le portefeuille, la première à expirer d’abord
licences-also = { $term }, aussi { $years }
licences-beyond-yes =
    { $count ->
        [one] Oui, allouer { $count } licence de plus que le besoin
       *[other] Oui, allouer { $count } licences de plus que le besoin
    }
licences-unasked-yes =
    { $count ->
        [one] Oui : une licence de plusieurs ans remplit aussi { $count } place dont on n’a pas besoin
       *[other] Oui : des licences de plusieurs ans remplissent aussi { $count } places dont on n’a pas besoin
    }
licences-until = Sous licence jusqu’au { $date }
licences-still-short = Cela seul ne suffit pas pour la licence
licences-early = Avant le début de ces années : les dates restent inchangées et rien n’est compensé.
licences-not-late = Dans le délai de grâce : les dates restent inchangées et rien n’est compensé.
licences-credit =
    { $count ->
        [one] { $count } licence { $name } d’un an revient au portefeuille.
       *[other] { $count } licences { $name } d’un an reviennent au portefeuille.
    }
licences-credit-none = Aucune licence { $name } ne revient pour l’instant ; les jours sont gardés.
licences-credit-how = { $licences } licences × { $days } jours + { $before } gardés = { $sum } jours-licence ; l’année en compte { $year } ; { $after } sont gardés.
licences-summary-body = Allocation pour la période { $range } :
licences-leave =
    { $count ->
        [one] { $count } licence quitte le portefeuille.
       *[other] { $count } licences quittent le portefeuille.
    }
licences-confirm-allocation = Confirmer l’allocation
licences-confirm = Confirmer
licences-allocate-done =
    { $count ->
        [one] { $count } licence allouée
       *[other] { $count } licences allouées
    }
licences-allocate-done-credits = { $count } licences allouées ; { $credits } rendues en compensation
licences-transfer-title = Transférer des licences
licences-transfer-numbers = Licences
licences-transfer-to = Organisation
licences-transfer-summary = Récapitulatif
licences-transfer-none = Le portefeuille n’a pas de licence inutilisée.
licences-transfer-number = Transférer
licences-transfer-number-of = { $name }, { $term }, à transférer
licences-available = Disponibles
licences-transfer-to-why = Vous êtes propriétaire ou administrateur des deux organisations. La fin de conservation reste la même.
licences-more-organizations = { $number } autres correspondent ; précisez le nom.
licences-transfer-sentence = { $what } de { $from } vers { $to }.
licences-transfer-waits = { $customer } n’a pas démarré ce produit
licences-transfer-waits-why = Les licences y attendent, visibles mais non utilisables, jusqu’au démarrage d’un essai ou d’un abonnement { $product }. D’ici là, vous pouvez les rappeler.
licences-transfer-shelf = La durée de conservation continue de courir.
licences-choose-lots = Choisir les lots soi-même
licences-transfer-differs = Les lots doivent donner les { $count } licences choisies, par type et par durée.
licences-transfer-confirm =
    { $count ->
        [one] Transférer { $count } licence
       *[other] Transférer { $count } licences
    }
licences-transfer-done =
    { $count ->
        [one] { $count } licence transférée vers { $customer }
       *[other] { $count } licences transférées vers { $customer }
    }
licences-transfer-done-waits =
    { $count ->
        [one] { $count } licence en attente chez { $customer }
       *[other] { $count } licences en attente chez { $customer }
    }
licences-redeem-title = Convertir des clés
licences-keys = Clés de licence
licences-keys-hint = Une par ligne ; majuscules, espaces et tirets sont sans importance. Les clés signées commencent par FLK.
licences-keys-unreadable =
    { $count ->
        [one] { $count } ligne n’est pas une clé de licence
       *[other] { $count } lignes ne sont pas des clés de licence
    }
licences-from-csv = Depuis un fichier CSV…
licences-into-wallet = dans le portefeuille de { $customer }
licences-redeem-keys =
    { $count ->
        [one] Convertir { $count } clé
       *[other] Convertir { $count } clés
    }
licences-declared = Les clés d’un fournisseur ne peuvent pas être vérifiées hors ligne
licences-declared-why = Indiquez ce que contient chaque clé, d’après la commande. Elle est marquée comme déclarée partout où elle compte. Une clé compte une seule fois dans tout l’espace de travail.
licences-signed-keys = Clés signées
licences-signed-why = Le contenu de ces clés est lu dans les clés et ne peut pas être modifié. Rien n’est converti avant votre confirmation.
licences-key-upgrade = { $from } vers { $to }
licences-key-outcome = Résultat
licences-key-good = Peut être convertie
licences-key-checking = Vérification en cours
licences-key-issued = Émise
licences-key-until = À convertir jusqu’au
licences-usual = Contenu des clés
licences-apply-all = Appliquer à toutes
licences-held = Clés
licences-key-unreadable = Ce n’est pas une clé de licence.
licences-key-twice = La même clé figure deux fois.
licences-key-redeemed = Déjà convertie dans cet espace de travail. Une clé compte une seule fois.
licences-key-quantity = Indiquez combien de licences elle contient.
licences-remove-key = Retirer { $key }
licences-rows-wrong =
    { $count ->
        [one] { $count } clé est à vérifier
       *[other] { $count } clés sont à vérifier
    }
licences-keys-left-out =
    { $count ->
        [0] Toutes les clés peuvent être converties
        [one] Une clé ne peut pas être convertie et est laissée de côté
       *[other] { $count } clés ne peuvent pas être converties et sont laissées de côté
    }
licences-redeem-sum =
    { $count ->
        [one] { $count } licence entre dans le portefeuille de { $customer } ; elle peut être allouée jusqu’au { $date }.
       *[other] { $count } licences entrent dans le portefeuille de { $customer } ; elles peuvent être allouées jusqu’au { $date }.
    }
licences-redeem-done = Les clés qui pouvaient être converties sont dans le portefeuille
licences-redeem-left =
    { $count ->
        [0] Aucune clé n’a été laissée de côté.
        [one] Une clé a été laissée de côté.
       *[other] { $number } clés ont été laissées de côté.
    }
licences-redeem-left-keys = Clés laissées de côté
licences-redeem-correct = Corriger ces clés
licences-redeemed =
    { $count ->
        [one] { $count } licence convertie pour { $customer }
       *[other] { $count } licences converties pour { $customer }
    }
licences-too-many-keys = { $number } clés au plus à la fois
licences-file-too-large = Le fichier est trop volumineux ; { $number } lignes au plus à la fois
licences-file-empty = Le fichier ne contient aucune clé
licences-no-right = Vous pouvez seulement consulter ces licences
licences-no-right-why = Les propriétaires et admins de l’organisation gèrent ses licences.
licences-register-first = Enregistrez d’abord le produit
licences-register-first-why = Un produit doit être enregistré auprès de l’organisation avant de pouvoir saisir des clés et des soldes.
licences-open-title = Solde d’ouverture
licences-open-body = Un abonnement déjà en cours chez le fournisseur est saisi tel qu’il y figure. L’historique le marque comme ouverture.
licences-open-start = Début de l’abonnement
licences-open-start-hint = Tel que l’indique le fournisseur ; toutes les années en sont comptées
licences-open-reference = Référence
licences-open-reference-hint = D’où viennent ces nombres
licences-open-lots-why = contenu du portefeuille et allocations à partir de chaque année
licences-open-years-later = Les années apparaissent une fois le début saisi.
licences-open-no-lots = Aucun lot. Sans lot, seul le début est saisi.
licences-open-year = Année { $year }
licences-open-year-of = Allouées à l’année commençant le { $date }
licences-add-lot = Ajouter un lot
licences-remove-lot = Retirer le lot { $number }
licences-opening-date = Indiquez le jour de la conversion.
licences-opening-future = Pas après aujourd’hui.
licences-opening-number = Nombres entiers à partir de 0.
licences-opening-nothing = Indiquez combien sont au portefeuille ou allouées.
licences-opening-type = Le catalogue ne connaît pas ce type.
licences-opening-term = Le catalogue ne connaît pas cette durée.
licences-open-confirm = Saisir le solde
licences-open-done = Solde d’ouverture de { $product } saisi
licences-open-started = Un abonnement a déjà été démarré
licences-open-started-why = Un solde d’ouverture se saisit avant. S’il a été saisi par erreur, annulez-le dans l’historique.
licences-balance-head-missing = Le fichier doit avoir un en-tête avec ces colonnes : { $columns }
licences-balance-head-unknown = Colonnes inconnues, ou années auxquelles rien ne peut être alloué : { $columns }
licences-balance-head-twice = Colonnes en double : { $columns }
licences-balance-line = Ligne { $line } : { $problem }
licences-balance-quote = un guillemet n’est pas fermé.
licences-balance-cells = il y a plus de cellules que de colonnes.
licences-balance-type = le catalogue ne connaît pas ce type.
licences-balance-term = le catalogue ne connaît pas cette durée.
licences-balance-day = les dates s’écrivent 2026-02-13.
licences-balance-number = les nombres sont entiers, de 0 à 1 000 000.
licences-balance-text = clé ou commande trop longue, ou avec des caractères de commande.
licences-balance-nothing = aucun nombre à comparer.
licences-balance-alike = une autre clé finit par les quatre mêmes caractères ; seuls ceux-ci sont comparés.
licences-reconcile-no-key = sans clé
licences-reconcile-no-lines = Le fichier a un en-tête et aucune ligne
licences-reconcile-title = Rapprochement avec le fournisseur
licences-reconcile-body = Un fichier CSV de ce qu’affiche le portail du fournisseur est comparé aux comptes. Rien ne change tant que vous ne régularisez pas un écart.
licences-reconcile-format = Colonnes : { $columns } ; puis une par année, 0 étant la première. Une cellule vide n’est pas comparée, un 0 l’est ; les années terminées ne le sont pas. Les clés sont comparées par leurs quatre derniers caractères ; les lignes sans clé sont comparées à toutes les licences de leur type et de leur durée.
licences-reconcile-file = Choisir le fichier du fournisseur…
licences-reconcile-other = Autre fichier…
licences-reconcile-empty = Aucun fichier
licences-reconcile-empty-why = Exportez le portefeuille et les années couvertes depuis le portail du fournisseur, ou notez-les dans un tableau.
licences-reconcile-problems = Le fichier ne peut pas encore être comparé
licences-reconcile-same = Les comptes et le fournisseur indiquent la même chose
licences-reconcile-same-why =
    { $count ->
        [one] { $number } ligne a été comparée.
       *[other] { $number } lignes ont été comparées.
    }
licences-reconcile-differences = Écarts
licences-reconcile-place = Emplacement
licences-reconcile-here = Dans les comptes
licences-reconcile-shown = Chez le fournisseur
licences-reconcile-difference = Écart
licences-reconcile-unnamed = Absent du fichier
licences-reconcile-all-keys = toutes les clés
licences-reconcile-wallet = Portefeuille
licences-reconcile-more = saisi comme solde d’ouverture, ou déplacé de là où il y en a trop
licences-reconcile-less = repris, ou déplacé là où il en manque
licences-reconcile-select = Régulariser cet écart
licences-reconcile-all = Régulariser tous les écarts
licences-reconcile-reason = Motif
licences-reconcile-confirm =
    { $count ->
        [one] Régulariser { $number } écart
       *[other] Régulariser { $number } écarts
    }
licences-reconcile-none = Choisissez les écarts à régulariser
licences-reconcile-done =
    { $count ->
        [one] { $number } écart régularisé
       *[other] { $number } écarts régularisés
    }
licences-reconcile-how = Pour une même clé, un même type et une même durée, les licences passent de là où il y en a trop à là où il en manque. Le reste est repris ; ce qui manque est saisi comme solde d’ouverture. L’historique montre tout.
licences-reconcile-reference-hint = Quel relevé du fournisseur, et sa date
licences-catalogue-version = version { $version }, à partir du { $date }
licences-catalogue-built-in = C’est le catalogue fourni avec Flotilla, inchangé. Chaque donnée indique sa source ; ce qu’aucun document n’indique est marqué « hypothèse » et peut être modifié.
licences-catalogue-own = Ce catalogue a été modifié ici. Chaque donnée indique sa source ; ce qu’aucun document n’indique est marqué « hypothèse ».
licences-catalogue-runs = Les abonnements en cours gardent la version du début de leur année.
licences-catalogue-export = Exporter…
licences-catalogue-import = Importer…
licences-catalogue-import-title = Utiliser ce catalogue ?
licences-catalogue-import-body =
    { $count ->
        [one] { $name } contient { $count } produit et remplace le catalogue actuel dès aujourd’hui.
       *[other] { $name } contient { $count } produits et remplace le catalogue actuel dès aujourd’hui.
    }
licences-catalogue-import-confirm = Utiliser le catalogue
licences-catalogue-missing = Il y manque un produit qui a des licences.
licences-catalogue-unreadable = Le fichier n’est pas un catalogue de produits
licences-catalogue-saved = La version { $version } du catalogue est en vigueur
licences-catalogue-save = Enregistrer les données
licences-catalogue-text = Catalogue sous forme de texte
licences-catalogue-text-why = Copiez-le dans un fichier pour le garder, le modifier ou l’utiliser dans un autre espace de travail.
licences-issuers = Émetteurs de clés de licence
licences-issuers-why = Les clés de licence signées ne sont acceptées que d’émetteurs approuvés. Chaque décision est inscrite dans le journal d’audit.
licences-issuers-none = Aucun émetteur n’a encore été ajouté
licences-issuers-none-why = Demandez le fichier d’émetteur au distributeur qui vend des clés de licence signées. Il contient la clé publique de l’émetteur et est créé par « flotilla-cli licence issuer-new ». Tant qu’aucun émetteur n’est ajouté, aucune clé signée n’est acceptée.
licences-issuer-add = Ajouter un émetteur…
licences-issuer-add-title = Ajouter un émetteur
licences-issuer-add-confirm = Approuver l’émetteur
licences-issuer-text = Fichier d’émetteur
licences-issuer-text-hint = Collez son texte ou choisissez le fichier
licences-issuer-choose = Choisir un fichier…
licences-issuer-name = Nom
licences-issuer-key = ID de la clé
licences-issuer-fingerprint = Empreinte
licences-issuer-compare = Comparez l’empreinte avec celle que l’émetteur vous communique par un autre moyen, par exemple par téléphone. Le nom ne prouve rien.
licences-issuer-compared = L’empreinte est celle que l’émetteur m’a communiquée
licences-issuer-same-name = Un autre émetteur porte ce nom
licences-issuer-same-name-why = Assurez-vous qu’il s’agit du même distributeur avec une nouvelle clé.
licences-issuer-known-trusted = Cet émetteur est déjà approuvé
licences-issuer-known-revoked = Cet émetteur a été révoqué
licences-issuer-known-revoked-why = Il peut être approuvé à nouveau dans la liste des émetteurs.
licences-issuer-too-large = Le fichier est trop volumineux pour un fichier d’émetteur
licences-issuer-state = État
licences-issuer-trusted = Approuvé
licences-issuer-revoked = Révoqué
licences-issuer-lots = Lots
licences-issuer-added = Ajouté
licences-issuer-decision = Motif
licences-issuer-by = { $date }, { $name }
licences-issuer-revoke = Révoquer…
licences-issuer-revoke-title = Révoquer { $name } ?
licences-issuer-revoke-body = Plus aucune clé de cet émetteur n’est acceptée. Ce qui a été converti reste dans les portefeuilles et est affiché comme provenant d’un émetteur révoqué.
licences-issuer-revoke-confirm = Révoquer l’émetteur
licences-issuer-restore = Approuver à nouveau…
licences-issuer-restore-title = Approuver à nouveau { $name } ?
licences-issuer-restore-body = Les clés de cet émetteur sont à nouveau acceptées.
licences-issuer-restore-confirm = Approuver à nouveau
licences-issuer-added-done = { $name } est approuvé
licences-issuer-revoked-done = { $name } a été révoqué
licences-issuer-restored-done = { $name } est à nouveau approuvé
licences-types = Types de licence
licences-types-kept =
    { $count ->
        [one] { $resolution } · { $days } jour
       *[other] { $resolution } · { $days } jours
    }
licences-types-next = { $first } ; { $next }
licences-substitutes = { $substitute } peut remplacer { $needed }
licences-source-of-change = Source de la modification
licences-source-hint = Le document, et l’endroit
licences-source-date = Date du document
licences-is-assumption = C’est une hypothèse
licences-check = Vérifier le registre
licences-check-good =
    { $count ->
        [one] Le registre est intact : { $count } écriture, toutes les sommes sont justes
       *[other] Le registre est intact : { $count } écritures, toutes les sommes sont justes
    }
licences-check-head = Empreinte de la dernière écriture : { $head }
licences-check-differs = Le registre diffère à l’écriture { $entry }
licences-ledger-stopped = Plus rien n’y est écrit, et ce qui en est affiché peut être faux. Restaurez une sauvegarde ou adressez-vous à votre support.
licences-fault-missing = Une écriture manque.
licences-fault-chain = Son texte a été modifié, ou elle ne suit pas la précédente.
licences-fault-columns = Ce qui accompagne son texte n’est pas ce que dit le texte.
licences-fault-postings = Ses mouvements ne s’annulent pas, ou un compte serait négatif.
licences-fault-cut_off = Des écritures ont été coupées à la fin.
licences-fault-keys = Une clé échangée manque dans le registre des clés et pourrait être échangée de nouveau.

## Software repository
nav-repository = Référentiel
list-device_results = Résultats
list-device_results-act = Action
list-device_results-state = Résultat
list-device_results-name = Nom
list-device_results-customer = Client
list-device_results-host = Adresse
list-device_results-model = Modèle
list-device_results-serial = Numéro de série
list-device_results-step = Dernière étape
list-device_results-at = Heure
choice-device_results-state-failed = Échec
choice-device_results-state-unknown = Inconnu
choice-device_results-state-running = En cours
choice-device_results-state-waiting = En attente
choice-device_results-state-interrupted = Interrompu
choice-device_results-state-cancelled = Annulé
choice-device_results-state-done = Terminé
choice-device_results-step-connect = Connexion
choice-device_results-step-certificate = Certificat
choice-device_results-step-sign_in = Authentification
choice-device_results-step-first_account = Premier compte
choice-device_results-step-store = Enregistrement
choice-device_results-step-send = Envoi
choice-device_results-step-prove = Vérification
choice-device_results-step-restart = Redémarrage
choice-device_results-step-move = Nouvelle adresse
list-repository-version = Version
list-repository-kind = Type
list-repository-product = Produit
list-repository-file_name = Nom du fichier
list-repository-tags = Étiquettes
list-repository-added_at = Ajouté le
list-repository-added_by = Ajouté par
list-repository-size = Taille
list-repository-state = État
list-repository-digest_origin = Empreinte
list-repository-sha256 = SHA-256
list-repository-verified_at = Vérifié le
list-repository-note = Note
list-repository-used_by = Utilisé par
repository-used-by =
    { $count ->
        [one] { $number } périphérique
       *[other] { $number } périphériques
    }
choice-repository-kind-iso_image = Image ISO
choice-repository-kind-component = Composant
choice-repository-kind-firmware = Firmware de périphérique
choice-repository-kind-application = Application de périphérique
choice-repository-kind-server_installer = Programme d’installation de serveur
choice-repository-kind-tool = Outil
choice-repository-kind-customization = Fichiers de personnalisation
choice-repository-state-stored = Disponible
choice-repository-state-altered = Contenu altéré
choice-repository-state-missing = Fichier manquant
choice-repository-digest_origin-vendor = Fournisseur, conforme
choice-repository-digest_origin-computed = Calculée ici
repository-act-add = Ajouter un fichier au référentiel
repository-act-tools = Outils d’administration
repository-act-fetch = Ajouter un fichier au référentiel depuis une adresse
repository-act-edit = Corriger le fichier sélectionné du référentiel
repository-act-save-file = Enregistrer une copie du fichier sélectionné du référentiel
repository-act-verify = Vérifier des fichiers du référentiel
repository-act-delete = Supprimer des fichiers du référentiel
repository-arrivals = Fichiers en cours d’ajout
repository-amount = { $done } sur { $total }
repository-speed = { $speed }/s
repository-left = encore { $time } environ
repository-interrupted = interrompu
repository-known = Ce contenu est déjà dans le référentiel
repository-show-known = Afficher
repository-indexes = Référentiels distants
repository-indexes-why = Listes de paquets sur le réseau, par exemple celle d’un administrateur de cluster. Leur contenu apparaît dans le référentiel comme distant et est téléchargé au besoin. Elles sont lues une fois par jour.
repository-index-added = { $name } est suivi : { $number } paquets
repository-index-never = jamais lu
repository-index-read = lu { $ago }
repository-index-counts = { $stored } ici, { $remote } distants
repository-index-refresh = Lire { $name } maintenant
repository-index-remove = Ne plus suivre { $name }
repository-index-hint = Adresse d’un index JSON ; commence par https://
repository-index-add = Suivre
repository-index-accept = Accepter et suivre
repository-remote-why = Un administrateur le télécharge au besoin.
repository-digest-listed = Donnée par le référentiel distant ; vérifiée au téléchargement
choice-repository-state-remote = Distant
repository-act-indexes = Afficher les référentiels distants
repository-dismiss = Ignorer
repository-progress = Ajout de { $name }
repository-resume = Reprendre
repository-start-over = Recommencer
repository-discard = Abandonner
repository-choose-again = Choisir à nouveau { $name }
repository-choose = Choisir des fichiers
repository-from-address = Depuis une adresse…
repository-drop = Déposez les fichiers ici pour les ajouter
repository-all = Tous
repository-free = { $size } libres
repository-images = { $count ->
    [one] { $number } image ISO sur { $limit }
   *[other] { $number } images ISO sur { $limit }
  }.
repository-could-go = Celles-ci pourraient être supprimées :
repository-empty = Le référentiel est vide
repository-empty-why = Déposez des fichiers n’importe où sur cette page, choisissez-les ou indiquez une adresse. Les images ISO, firmwares, composants, programmes d’installation et outils sont reconnus à leur nom.
repository-empty-operator = Un administrateur ajoute ce qui sert à mettre les systèmes à niveau.
repository-unknown = inconnue
repository-doubt-model_unknown = Le modèle est inconnu
    .action = Le nom du fichier n’indique pas à quel modèle ce firmware est destiné. Indiquez-le ci-dessous.
repository-doubt-version_unknown = La version est inconnue
    .action = Ni le nom du fichier ni son contenu n’indiquent la version. Indiquez-la ci-dessous.
repository-doubt-other_version = L’image indique une autre version
    .action = La version est ici { $version } ; l’image elle-même indique { $image }. Corrigez la version ou supprimez le fichier.
repository-doubt-digest_unusable = Le fichier .sha256 qui l’accompagne n’a pas pu être utilisé
    .action = Il est vide, illisible ou ne contient pas de SHA-256 de ce fichier : rien n’a été comparé. Corrigez-le, puis supprimez ce fichier du référentiel et ajoutez-le de nouveau.
repository-altered-why = Le fichier n’est plus celui qui a été ajouté. Il n’est jamais envoyé nulle part. Supprimez-le et ajoutez-le de nouveau.
repository-missing-why = Le fichier a disparu du disque. Ajoutez-le de nouveau ; il reprendra sa place.
repository-save-file = Enregistrer une copie
repository-verify = Vérifier
repository-digest-vendor = Donnée par le fournisseur, et le fichier y correspond
repository-digest-computed = Calculée ici ; aucune empreinte du fournisseur à laquelle la comparer
repository-digest-altered = Le fichier n’y correspond plus
repository-verified = Dernière vérification { $ago }
repository-added = { $at }, { $name }
repository-address = Adresse
repository-address-title = Ajouter un fichier depuis une adresse
repository-address-hint = Commence par https://
repository-digest = SHA-256 du fournisseur
repository-digest-hint = L’empreinte, ou le texte d’un fichier .sha256. Sans elle, l’empreinte est seulement calculée ici.
repository-fetch = Télécharger
repository-certificate-why = Le serveur de { $address } présente un certificat auquel cet ordinateur ne fait pas confiance. Comparez-le avec les indications du fournisseur avant de l’accepter.
repository-certificate-accept = Accepter et télécharger
repository-volume = Volume
repository-image-version = Version dans l’image
repository-recognised = Reconnu comme
repository-recognised-hint = Corrigez ce qui n’a pas été bien reconnu.
repository-tag-add = Ajouter une étiquette
repository-saved = { $name } enregistré
repository-undo = Annuler les modifications
repository-gone = Ce fichier n’est plus dans le référentiel.
repository-deleted = { $count ->
    [one] { $number } fichier supprimé
   *[other] { $number } fichiers supprimés
  }
repository-delete-title = { $count ->
    [0] Ne supprimer aucun fichier ?
    [one] Supprimer { $name } ?
   *[other] Supprimer { $number } fichiers ?
  }
repository-delete-body = Ils sont supprimés du disque. Un fichier utilisé par une tâche est conservé.
repository-delete-do = { $count ->
    [0] Supprimer 0 fichier
    [one] Supprimer le fichier
   *[other] Supprimer { $number } fichiers
  }
repository-and-more = { $count ->
    [one] et { $number } autre
   *[other] et { $number } autres
  }
preferences-repository = Référentiel de logiciels
preferences-repository-why = Combien d’images sont conservées et à quelle fréquence les fichiers sont vérifiés
preferences-repository-images = Images ISO
preferences-repository-images-hint = De 1 à 1 000 ; au-delà, le référentiel indique lesquelles pourraient être supprimées
preferences-repository-verify = Vérifier chaque fichier après (jours)
preferences-repository-verify-hint = De 0 à 365 ; 0 ne vérifie jamais automatiquement

## Commissioning and applications

commission-title = Mettre des périphériques en service
commission-title-count =
    { $count ->
        [one] Mettre { $number } périphérique en service
       *[other] Mettre { $number } périphériques en service
    }
commission-open = Mettre en service…
commission-these = Mettre ces périphériques en service…
commission-act = Mettre en service les périphériques sélectionnés…
commission-steps = Étapes de la mise en service
commission-step-settings = Réglages et aperçu
commission-gone = Cette sélection n’est plus conservée
commission-gone-why = Une longue sélection est conservée jusqu’à la fermeture de Flotilla. Choisissez à nouveau les périphériques.
commission-choose = Choisir des périphériques
commission-too-many = { $limit } périphériques au plus à la fois
commission-too-many-why = Choisissez-en moins, par exemple un dossier, puis le suivant.
commission-none = Aucun périphérique choisi
commission-no-cameras = Aucun des systèmes choisis n’est une caméra
commission-none-why = Choisissez des caméras dans la liste des systèmes, puis mettez-les en service.
commission-network = Réseau
commission-addresses = Adresses
commission-keep = Ne pas modifier
commission-from-network = Fournies par le réseau (DHCP)
commission-range = Adresses fixes d’une plage
commission-range-hint = Chacune est vérifiée libre avant d’être attribuée.
commission-first = Première adresse
commission-last = Dernière adresse
commission-prefix = Longueur du préfixe
commission-gateway = Passerelle
commission-name-servers = Serveurs DNS
commission-name-servers-these = Adresses des serveurs DNS
commission-time = Heure
commission-time-servers = Serveurs de temps
commission-time-servers-these = Adresses des serveurs de temps
commission-these-servers = Ceux-ci
commission-server-add = Ajouter une adresse
commission-names = Noms
commission-host-name = Nom d’hôte
commission-host-names = Noms d’hôte
commission-host-name-hint = Un texte avec des variables, par exemple cam-{"{"}serial{"}"}
commission-host-name-example = Pour le premier périphérique : { $name }
commission-host-name-nothing = Cela ne donne pas de nom d’hôte.
commission-placeholders = Insérer une variable
commission-placeholder-serial = Numéro de série
commission-placeholder-model = Modèle
commission-placeholder-n = Numéro
commission-placeholder-folder = Dossier
commission-preview = Aperçu
commission-preview-title = Aperçu
commission-preview-first = Affichez d’abord l’aperçu de ce que chaque périphérique recevrait.
commission-reading = Lecture des périphériques…
commission-looking = Vérification des adresses libres…
commission-stale = Les réglages ont changé. Affichez à nouveau l’aperçu de ce que chaque périphérique recevrait.
commission-address-now = Adresse actuelle
commission-address-new = Nouvelle adresse
commission-host-name-new = Nouveau nom d’hôte
commission-address-of = Nouvelle adresse de { $name }
commission-host-name-of = Nouveau nom d’hôte de { $name }
commission-address-same = Déjà la sienne
commission-stays = inchangé
commission-row-unseen = Impossible de vérifier quelles adresses sont libres
commission-twice-address = Un autre périphérique de cette liste reçoit cette adresse
commission-twice-name = Un autre périphérique de cette liste reçoit ce nom
commission-wrong-address = Pas une adresse de ce réseau
commission-wrong-first = Pas une adresse IPv4 possible pour un périphérique de ce réseau
commission-wrong-last = Pas une adresse IPv4 du même réseau après la première
commission-wrong-many = { $limit } adresses au plus
commission-wrong-prefix = De 1 à 30
commission-wrong-gateway = Pas une adresse de ce réseau
commission-wrong-name-servers = Une à trois adresses IP
commission-wrong-time-servers = Une à huit adresses IP ou noms d’hôte
commission-wrong-template = Variables possibles : {"{"}serial{"}"}, {"{"}model{"}"}, {"{"}n{"}"}, {"{"}folder{"}"}
commission-taken =
    { $count ->
        [one] { $number } adresse de la plage a été écartée
       *[other] { $number } adresses de la plage ont été écartées
    }
commission-taken-managed = Gérées ici
commission-taken-answers = Quelque chose y répond
commission-taken-refuses = Quelque chose y refuse la connexion
commission-cannot-tell = Cet ordinateur ne peut pas voir quelles adresses sont libres
commission-cannot-tell-why = Un proxy ou le réseau le masque, aucune adresse n’est donc attribuée. Mettez les périphériques en service depuis un ordinateur de leur réseau.
commission-unseen =
    { $count ->
        [one] { $number } périphérique est laissé de côté
       *[other] { $number } périphériques sont laissés de côté
    }
commission-unseen-reason = { $why } ({ $number })
commission-ready =
    { $count ->
        [one] { $number } périphérique prêt
       *[other] { $number } périphériques prêts
    }
commission-left =
    { $count ->
        [one] { $number } laissé de côté
       *[other] { $number } laissés de côté
    }
commission-none-ready = Aucun périphérique ne peut recevoir ces réglages.
commission-changes-nothing = Rien ne changerait pour l’instant.
commission-do =
    { $count ->
        [one] Mettre { $number } périphérique en service…
       *[other] Mettre { $number } périphériques en service…
    }
commission-confirm-title =
    { $count ->
        [one] Mettre { $number } périphérique en service ?
       *[other] Mettre { $number } périphériques en service ?
    }
commission-confirm-do =
    { $count ->
        [one] Mettre { $number } périphérique en service
       *[other] Mettre { $number } périphériques en service
    }
commission-confirm-keep = Les adresses restent inchangées.
commission-confirm-network = Les périphériques reçoivent leurs adresses du réseau (DHCP) ; elles peuvent différer des adresses actuelles.
commission-confirm-range =
    { $count ->
        [0] Les périphériques gardent leurs adresses, désormais fixes.
        [one] { $number } périphérique reçoit une autre adresse, désormais fixe ; il ne répond plus à l’ancienne.
       *[other] { $number } périphériques reçoivent d’autres adresses, désormais fixes ; ils ne répondent plus aux anciennes.
    }
commission-confirm-follow = Chaque périphérique est suivi par son numéro de série. Celui qui ne revient pas est signalé avec son ancienne et sa nouvelle adresse.
commission-confirm-named =
    { $count ->
        [one] Un nouveau pour { $number } périphérique
       *[other] De nouveaux pour { $number } périphériques
    }
applications-title = Applications
applications-show = Lire les applications
applications-at = Lues { $ago }
applications-none = Aucune application n’est installée.
applications-in-repository = Applications du référentiel
applications-signed = Signée
applications-unsigned = Non signée
applications-signed-only = Ce périphérique n’accepte que les applications signées
applications-signed-only-why = Il refuse une application non signée.
applications-signed-if-any = Si ce périphérique accepte des applications, elles doivent être signées.
applications-signed-some = Les périphériques qui n’acceptent que les applications signées refusent les autres ; leur résultat l’indique.
applications-state-running = En cours
applications-state-stopped = Arrêtée
applications-state-idle = En attente
applications-state-unknown = État inconnu
applications-licence-not_needed = Sans licence requise
applications-licence-valid = Licence valide
applications-licence-until = Licence jusqu’au { $date }
applications-licence-invalid = Licence non valide
applications-licence-missing = Sans licence
applications-licence-own = Licences gérées par elle-même
applications-licence-unknown = Licence inconnue
applications-install = Installer une application…
applications-control = Démarrer, arrêter ou supprimer une application…
applications-act-install = Installer une application sur les périphériques sélectionnés…
applications-act-control = Démarrer, arrêter ou supprimer une application sur les périphériques sélectionnés…
applications-install-title =
    { $count ->
        [one] Installer une application sur { $number } périphérique
       *[other] Installer une application sur { $number } périphériques
    }
applications-control-title =
    { $count ->
        [one] Application sur { $number } périphérique
       *[other] Application sur { $number } périphériques
    }
applications-package = Application à installer
applications-search = Rechercher une application
applications-no-packages = Le référentiel ne contient aucune application
applications-no-packages-why = Ajoutez d’abord le fichier d’une application (.eap) au référentiel.
applications-start-after = La démarrer ensuite
applications-short-name = Nom court de l’application
applications-short-name-hint = Celui que le périphérique indique, pas le nom affiché
applications-ask = Lire celles de { $name }
applications-ask-why = Flotilla se connecte à ce seul périphérique pour les lire.
applications-on = Applications de { $name }
applications-do-install_application-body = Elle provient du référentiel. Là où une version antérieure est installée, elle la remplace et garde ses réglages.
applications-do-install_application-do =
    { $count ->
        [one] Installer sur { $number } périphérique
       *[other] Installer sur { $number } périphériques
    }
applications-do-start_application = Démarrer
applications-do-start_application-title = Démarrer { $name } ?
applications-do-start_application-body = L’application s’exécute désormais, y compris après un redémarrage du périphérique.
applications-do-start_application-do =
    { $count ->
        [one] Démarrer sur { $number } périphérique
       *[other] Démarrer sur { $number } périphériques
    }
applications-do-stop_application = Arrêter
applications-do-stop_application-title = Arrêter { $name } ?
applications-do-stop_application-body = L’application reste installée et ne fait rien jusqu’à son prochain démarrage.
applications-do-stop_application-do =
    { $count ->
        [one] Arrêter sur { $number } périphérique
       *[other] Arrêter sur { $number } périphériques
    }
applications-do-remove_application = Supprimer
applications-do-remove_application-title = Supprimer { $name } ?
applications-do-remove_application-body = L’application est supprimée avec ses réglages et ses données sur le périphérique. C’est irréversible.
applications-do-remove_application-do =
    { $count ->
        [one] Supprimer de { $number } périphérique
       *[other] Supprimer de { $number } périphériques
    }

## Devices

devices-find = Rechercher des périphériques
devices-by-hand = Ajouter un périphérique…
devices-import = Importer des périphériques…
devices-import-command = Importer des périphériques depuis un fichier
devices-by-hand-title = Ajouter des périphériques par adresse
devices-by-hand-lead = Saisissez les adresses des périphériques ; la façon de s’y connecter se trouve à côté.
devices-by-hand-more = Autre périphérique
devices-by-hand-remove = Retirer { $name }
devices-crumbs = Chemin
devices-steps = Étapes
devices-step-search = Recherche
devices-step-choose = Choix
devices-step-result = Résultat
devices-port = Port
devices-name = Nom
devices-name-hint = À défaut, le nom que le périphérique se donne
devices-user-name = Nom d’utilisateur
devices-password = Mot de passe
devices-folder = Dossier
devices-add-title = { $count ->
    [one] Ajouter { $number } périphérique
   *[other] Ajouter { $number } périphériques
  }
devices-add-do = { $count ->
    [one] Ajouter { $number } périphérique
   *[other] Ajouter { $number } périphériques
  }
devices-add-open = { $count ->
    [one] Ajouter { $number } périphérique…
   *[other] Ajouter { $number } périphériques…
  }
devices-add-factory-new = { $count ->
    [one] { $number } sorti d’usine
   *[other] { $number } sortis d’usine
  }
devices-add-asking = { $number } avec mot de passe
devices-add-unknown = { $number } à examiner
devices-add-folder = Dossier
devices-add-organization = Organisation
devices-add-organization-other = Autre organisation
devices-add-moved = { $count ->
    [one] { $number } périphérique est géré à une autre adresse. Flotilla le reconnaît à son numéro de série ; l’ajouter ici mène à la nouvelle adresse, avec le compte que Flotilla connaît.
   *[other] { $number } périphériques sont gérés à d’autres adresses. Flotilla les reconnaît à leurs numéros de série ; les ajouter ici mène aux nouvelles adresses, avec les comptes que Flotilla connaît.
  }
devices-add-too-many = Au plus { $limit } périphériques peuvent être ajoutés à la fois. Choisissez-en moins.
devices-credentials = Identifiants
devices-credentials-title = { $count ->
    [one] Identifiants pour le { $number } qui en demande
   *[other] Identifiants pour les { $number } qui en demandent
  }
devices-credentials-title-any = Identifiants, si un périphérique en demande
devices-credentials-set = Jeu d’identifiants
devices-credentials-no-set = Cette organisation n’en a pas encore
devices-credentials-typed = Nom d’utilisateur et mot de passe, pour cette fois
devices-credentials-none = Aucun ; les périphériques qui en demandent sont ignorés
devices-credentials-tries = Au plus 10 essais refusés par périphérique en 24 heures.
devices-first-title = { $count ->
    [0] Premier compte
    [one] Premier compte du périphérique sorti d’usine
   *[other] Premier compte sur les { $number } sortis d’usine
  }
devices-first-title-any = Premier compte, si un périphérique n’en a pas
devices-first-give = Créer le premier compte sur les périphériques qui s’avèrent sortis d’usine
devices-first-group = Administrateur sur le périphérique ; Flotilla s’y connecte avec ce compte
devices-first-passwords = Mot de passe du premier compte
devices-first-different = Un mot de passe différent pour chacun, généré ici
devices-first-different-hint = 24 caractères, conservés chiffrés dans l’espace de travail
devices-first-same = { $count ->
    [0] Un seul mot de passe
    [one] Un mot de passe
   *[other] Un seul mot de passe pour les { $number }
  }
devices-certificates = Certificats
devices-certificates-lead = Les mots de passe ne sont envoyés que là où le certificat est connu. Sans accord, rien n’est envoyé et le certificat attend sur la page des résultats.
devices-certificates-look = { $count ->
    [0] Aucun nouveau certificat à voir
    [one] Voir le nouveau certificat…
   *[other] Voir les { $number } nouveaux certificats…
  }
devices-certificates-pin-seen = { $count ->
    [0] Rien à épingler
    [one] L’épingler ; je l’ai vu
   *[other] Épingler les { $number } ; j’ai vu la liste
  }
devices-certificates-look-first = Consultez-les d’abord
devices-certificates-first-met = { $count ->
    [one] Accepter ce que { $number } périphérique présente au premier contact
   *[other] Accepter ce que { $number } périphériques présentent au premier contact
  }
devices-certificates-first-met-hint = Uniquement dans un réseau de confiance : personne ne voit ces certificats au préalable
devices-certificates-title = { $count ->
    [one] { $number } nouveau certificat
   *[other] { $number } nouveaux certificats
  }
devices-certificates-why = Comparez l’empreinte SHA-256 à celle que le périphérique affiche lui-même. Une fois le certificat accepté, Flotilla ne se connecte que là où il est présenté.
devices-certificates-pin = { $count ->
    [0] Rien à épingler
    [one] L’épingler
   *[other] Épingler les { $number }
  }
devices-sets = Jeux d’identifiants
devices-sets-empty = Aucun jeu d’identifiants pour l’instant
devices-sets-why = Un nom d’utilisateur et un mot de passe sous un nom, pour ajouter des périphériques de cette organisation. Le mot de passe est conservé chiffré et n’est plus jamais affiché.
devices-set-new = Nouveau jeu d’identifiants…
devices-set-change = Modifier { $name }
devices-set-name = Nom
devices-set-password-hint = Vide : celui qui est enregistré reste
devices-set-changed = Modifié
devices-set-saved = Jeu d’identifiants { $name } enregistré
devices-set-delete = Supprimer { $name }
devices-set-delete-title = Supprimer le jeu d’identifiants { $name } ?
devices-set-delete-body = Les périphériques ajoutés avec lui gardent leurs identifiants.
devices-set-delete-do = Supprimer le jeu d’identifiants
devices-set-deleted = Jeu d’identifiants { $name } supprimé
devices-acts = Actions sur les périphériques
devices-acts-lead = Les 50 dernières ; elles sont conservées 90 jours.
devices-acts-empty = Rien n’a encore été fait sur des périphériques
devices-acts-empty-why = Les ajouts, comptes, mots de passe et redémarrages apparaissent ici, chacun avec un résultat par périphérique.
devices-acts-what = Action
devices-acts-result = Résultat
devices-acts-bar = Part de chaque résultat
devices-acts-who = Lancée par
devices-acts-started = Début
devices-acts-took = Durée
devices-acts-running = En cours
devices-acts-failed = { $failed } en échec
devices-acts-unknown = { $unknown } inconnus
devices-acts-stopped = { $left } non traités
devices-acts-done = Terminée
devices-act-add = { $count ->
    [one] Ajout de { $number } périphérique
   *[other] Ajout de { $number } périphériques
  }
devices-act-create_account = { $count ->
    [one] Création du compte « { $about } » sur { $number } périphérique
   *[other] Création du compte « { $about } » sur { $number } périphériques
  }
devices-act-set_password = { $count ->
    [one] Changement du mot de passe de « { $about } » sur { $number } périphérique
   *[other] Changement du mot de passe de « { $about } » sur { $number } périphériques
  }
devices-act-delete_account = { $count ->
    [one] Suppression du compte « { $about } » sur { $number } périphérique
   *[other] Suppression du compte « { $about } » sur { $number } périphériques
  }
devices-act-rotate_password = { $count ->
    [one] Renouvellement du mot de passe de Flotilla sur { $number } périphérique
   *[other] Renouvellement du mot de passe de Flotilla sur { $number } périphériques
  }
devices-act-restart = { $count ->
    [one] Redémarrage de { $number } périphérique
   *[other] Redémarrage de { $number } périphériques
  }
devices-act-rollback = { $count ->
    [one] Rétablissement du micrologiciel de { $number } périphérique
   *[other] Rétablissement du micrologiciel de { $number } périphériques
  }
devices-act-factory_default = { $count ->
    [one] Réinitialisation de { $number } périphérique aux valeurs d’usine
   *[other] Réinitialisation de { $number } périphériques aux valeurs d’usine
  }
devices-act-install_application = { $count ->
    [one] Installation de « { $about } » sur { $number } périphérique
   *[other] Installation de « { $about } » sur { $number } périphériques
  }
devices-act-start_application = { $count ->
    [one] Démarrage de « { $about } » sur { $number } périphérique
   *[other] Démarrage de « { $about } » sur { $number } périphériques
  }
devices-act-stop_application = { $count ->
    [one] Arrêt de « { $about } » sur { $number } périphérique
   *[other] Arrêt de « { $about } » sur { $number } périphériques
  }
devices-act-remove_application = { $count ->
    [one] Suppression de « { $about } » sur { $number } périphérique
   *[other] Suppression de « { $about } » sur { $number } périphériques
  }
devices-act-commission = { $count ->
    [one] Mise en service de { $number } périphérique
   *[other] Mise en service de { $number } périphériques
  }
devices-act-transfer = { $count ->
    [one] Déplacer { $number } périphérique vers { $about }
   *[other] Déplacer { $number } périphériques vers { $about }
  }
devices-act-remove = { $count ->
    [one] Retirer { $number } périphérique
   *[other] Retirer { $number } périphériques
  }
devices-act-running = { $finished } sur { $all }, depuis { $age }
devices-act-finished = Lancée le { $at } par { $name }, durée { $time }
devices-act-gone = Cette action n’est pas conservée
devices-act-gone-why = Les actions sont conservées 90 jours et visibles par leur auteur.
devices-results = Résultats
devices-results-all = Tous
devices-results-failed = Échec
devices-results-unknown = Inconnu
devices-results-running = En cours
devices-results-waiting = En attente
devices-results-left = Non traité
devices-results-done = Terminé
devices-result-added = Ajouté
devices-result-gone = Ce résultat n’est plus conservé.
devices-result-certificate = Certificat présenté
devices-result-accept = Accepter et réessayer…
devices-result-show = Afficher le périphérique
list-device_results-message = Message
devices-reason-device-tries-used = Trop de connexions refusées en 24 heures
devices-reason-device-credentials-refused = Nom d’utilisateur ou mot de passe refusé
devices-reason-device-unreachable = Aucune réponse
devices-reason-device-not-understood = Pas un périphérique que Flotilla peut gérer
devices-reason-device-refused = Refusé par le périphérique
devices-reason-device-other = Un autre périphérique répond
devices-reason-device-managed = Déjà géré
devices-reason-device-not-back = Pas revenu à temps
devices-reason-device-address-taken = Adresse déjà utilisée
devices-reason-device-address-unseen = Adresse libre non vérifiable
devices-reason-device-not-arrived = Pas de réponse à la nouvelle adresse
discovery-hindrances = Ce qui a empêché une partie de la recherche
devices-why-failed = { $count ->
    [one] Pourquoi { $number } a échoué
   *[other] Pourquoi { $number } ont échoué
  }
devices-retry = Réessayer { $number }…
devices-retry-chosen = Réessayer…
devices-retry-one = Réessayer…
devices-retry-none = Aucun n’a échoué
devices-retry-running = L’action est encore en cours
devices-cancel-rest = Annuler le reste
devices-cancel-none = Rien n’est en cours
discovery-lead = Flotilla interroge les réseaux de cet ordinateur et sonde des adresses. Rien n’est enregistré et aucun mot de passe n’est envoyé.
discovery-ways = Modes de recherche
discovery-ways-none = Choisissez au moins un mode
discovery-way-mdns = mDNS
discovery-way-mdns-short = mDNS
discovery-way-mdns-hint = Les périphériques du même réseau s’annoncent par Bonjour
discovery-way-ssdp = SSDP
discovery-way-ssdp-short = SSDP
discovery-way-ssdp-hint = Les périphériques du même réseau répondent à UPnP
discovery-way-ws_discovery = WS-Discovery
discovery-way-ws_discovery-short = WS
discovery-way-ws_discovery-hint = Les périphériques du même réseau répondent à ONVIF
discovery-way-ranges = Plages d’adresses
discovery-way-ranges-short = Plage
discovery-way-ranges-hint = Chaque adresse est sondée, aussi derrière des routeurs
discovery-ranges = Plages d’adresses
discovery-ranges-hint = Une par ligne, par exemple 10.44.0.0/21 ou 10.0.0.5-10.0.0.90 ; au plus 65 536 adresses
discovery-networks = Réseaux de cet ordinateur
discovery-network-add = { $network } ({ $name })
discovery-interfaces = Interfaces réseau
discovery-interfaces-all = Toutes
discovery-interfaces-chosen = Celles-ci uniquement
discovery-interface-loopback = cet ordinateur uniquement
discovery-interface-down = désactivée
discovery-start = Rechercher
discovery-stop = Arrêter la recherche
discovery-not-running = Aucune recherche en cours
discovery-again = Nouvelle recherche
discovery-listening = à l’écoute
discovery-probing = 32 à la fois
discovery-done = terminé
discovery-stopped = arrêté
discovery-prevented = empêché
discovery-way-found = { $count ->
    [one] { $number } trouvé
   *[other] { $number } trouvés
  }
discovery-probed = { $probed } adresses sur { $all }
discovery-left = reste { $time }
discovery-found = Périphériques trouvés
discovery-total = { $count ->
    [one] { $number } périphérique trouvé, réuni par numéro de série
   *[other] { $number } périphériques trouvés, réunis par numéro de série
  }
discovery-more = { $count ->
    [one] { $number } nouveau, trier à nouveau
   *[other] { $number } nouveaux, trier à nouveau
  }
discovery-search = Rechercher dans les résultats
discovery-choose-all = Sélectionner tous ceux qui peuvent être ajoutés
discovery-none-chosen = Sélectionnez d’abord des périphériques
discovery-nothing-yet = Rien n’a encore répondu
discovery-nothing = Aucun périphérique trouvé
discovery-nothing-why = Les périphériques d’autres réseaux n’entendent pas mDNS, SSDP et WS-Discovery : recherchez leurs plages d’adresses ou ajoutez un périphérique par son adresse.
discovery-gone = Cette recherche n’est plus conservée
discovery-gone-why = Une recherche est conservée quatre heures, jusqu’à la fermeture de Flotilla.
discovery-unnamed = Non identifié
discovery-column-model = Modèle
discovery-column-serial = Numéro de série
discovery-column-host = Adresse
discovery-column-version = Version OS
discovery-column-ways = Trouvé par
discovery-column-state = État
discovery-column-note = Remarque
discovery-group-all = Tous
discovery-group-factory_new = Sortis d’usine
discovery-group-asks_password = Demandent un mot de passe
discovery-group-new_certificate = Nouveau certificat
discovery-group-look = À vérifier d’abord
discovery-group-managed = Dans Flotilla
discovery-state-factory_new = Sorti d’usine
discovery-state-asks_password = Demande un mot de passe
discovery-state-new_certificate = Nouveau certificat
discovery-state-managed = Dans Flotilla
discovery-state-moved = Autre adresse
discovery-state-replaced = Autre numéro de série
discovery-state-managed_elsewhere = Dans une autre organisation
discovery-state-no_api = Sans API
discovery-note-moved = Géré à { $host }
discovery-note-replaced = Était { $serial }
discovery-note-link-local = Lien local uniquement
discovery-hindrance-where = Concerné : { $places }.
discovery-hindrance-place = { $way } sur { $where }
discovery-hindrance-permission-denied = Cet ordinateur ne laisse pas Flotilla effectuer la recherche
    .action = Autorisez Flotilla dans le pare-feu et dans les réglages de confidentialité du réseau local, puis relancez la recherche.
discovery-hindrance-address-in-use = Un autre programme occupe le port à lui seul
    .action = Fermez les autres programmes qui recherchent des périphériques, puis relancez ; les plages d’adresses les trouvent tout de même.
discovery-hindrance-no-multicast = Cette interface réseau n’achemine pas la multidiffusion
    .action = Recherchez plutôt les plages d’adresses situées derrière elle.
discovery-hindrance-network-unreachable = Cet ordinateur n’a pas d’accès à ce réseau
    .action = Vérifiez le câble, le Wi-Fi, le VPN et la passerelle par défaut, puis relancez la recherche.
discovery-hindrance-no-interface = Aucune interface réseau de cet ordinateur n’est utilisable
    .action = Connectez cet ordinateur à un réseau où il obtient une adresse IPv4, puis relancez la recherche.
discovery-hindrance-interface-unknown = Une interface réseau choisie n’existe plus
    .action = Relancez la recherche en choisissant parmi les interfaces présentes.
discovery-hindrance-interface-down = Une interface réseau est désactivée ou sans liaison
    .action = Activez-la ou branchez le câble, puis relancez la recherche.
discovery-hindrance-interface-without-address = Une interface réseau n’a pas d’adresse IPv4
    .action = Attribuez-lui une adresse ou attendez qu’elle en obtienne une, puis relancez la recherche.
discovery-hindrance-answers-filtered = Le pare-feu de cet ordinateur bloque les réponses
    .action = Autorisez l’UDP entrant pour Flotilla dans ce réseau. Les périphériques qui ne répondent que de cette façon manquent ci-dessous ; les plages d’adresses les trouvent.
discovery-hindrance-too-many-open-files = Le système d’exploitation n’autorise pas davantage de connexions
    .action = Fermez d’autres programmes ou relevez la limite de fichiers ouverts, puis relancez la recherche.
discovery-hindrance-too-many-answers = Des réponses trop nombreuses n’ont pas toutes été lues
    .action = Recherchez moins de réseaux à la fois, ou leurs plages d’adresses.
discovery-hindrance-too-many-devices = Plus de périphériques répondent qu’une recherche n’en liste
    .action = Ajoutez ce qui a été trouvé, puis recherchez les autres réseaux séparément.
discovery-hindrance-other = Une partie de la recherche a échoué
    .action = Relancez la recherche. Si cela persiste, le détail technique indique ce que le système d’exploitation a refusé.
organizations-tab-credentials = Identifiants

## Jobs

job-operation-device-restart = Redémarrage de périphériques
job-operation-device-roll-back = Rétablissement du micrologiciel de périphériques
job-operation-device-factory-default = Réinitialisation de périphériques aux valeurs d’usine
job-operation-device-upgrade = Mise à niveau logicielle de périphériques
choice-jobs-operation-device-restart = { job-operation-device-restart }
choice-jobs-operation-device-roll-back = { job-operation-device-roll-back }
choice-jobs-operation-device-factory-default = { job-operation-device-factory-default }
choice-jobs-operation-device-upgrade = { job-operation-device-upgrade }
job-step-connect = Connexion
job-step-check = Vérification de la compatibilité
job-step-send = Envoi de la commande
job-step-upload = Envoi du paquet
job-step-install = Installation
job-step-restart = Redémarrage
job-step-commit = Validation du micrologiciel
job-step-prove = Vérification
job-log-began = Début
job-log-step = { $step }
job-log-retry = Nouvel essai n° { $attempt } dans { $seconds }
job-log-problem = Problème
job-log-runs = Exécute { $version }
job-log-image = Paquet { $name }, { $size }
job-log-sent = { $version } envoyé en entier
job-log-boot = A redémarré
job-log-unknown = Résultat inconnu, nouvelle vérification dans { $seconds }
job-log-resumed = Repris après la fermeture de Flotilla
job-log-done = Terminé
job-log-skipped = Ignoré
job-log-stopped = Arrêté
list-jobs-name = Nom
list-jobs-customers = Clients
list-jobs-operation = Opération
list-jobs-about = Objet
list-jobs-state = État
list-jobs-progress = Progression
list-jobs-detail = Détail
list-jobs-starts_at = Début
list-jobs-started_at = Début effectif
list-jobs-finished_at = Fin
list-jobs-targets = Systèmes
list-jobs-failed = Échecs
list-jobs-created_by = Créée par
list-jobs-created_at = Création
list-jobs-priority = Priorité
choice-jobs-state-running = En cours
choice-jobs-state-paused = En pause
choice-jobs-state-awaiting_approval = En attente d’approbation
choice-jobs-state-scheduled = Planifiée
choice-jobs-state-failed = Échec
choice-jobs-state-completed_with_failures = Terminée avec des échecs
choice-jobs-state-missed = Manquée
choice-jobs-state-stopped = Arrêtée
choice-jobs-state-completed = Terminée
list-job_tasks-job = Tâche
list-job_tasks-state = État
list-job_tasks-name = Nom
list-job_tasks-customer = Client
list-job_tasks-host = Adresse
list-job_tasks-model = Modèle
list-job_tasks-serial = Numéro de série
list-job_tasks-step = Étape
list-job_tasks-wave = Vague
list-job_tasks-version_from = De la version
list-job_tasks-version_to = Version
list-job_tasks-started_at = Début
list-job_tasks-finished_at = Fin
list-job_tasks-progress = Progression
list-job_tasks-message = Message
list-job_tasks-time = Durée
choice-job_tasks-state-running = En cours
choice-job_tasks-state-done = Terminé
choice-job_tasks-state-failed = Échec
choice-job_tasks-state-unknown = En vérification
choice-job_tasks-state-skipped = Ignoré
choice-job_tasks-state-waiting = En attente
choice-job_tasks-state-stopped = Arrêté
jobs-all = Tous
jobs-empty = Aucune tâche
jobs-empty-why = Une tâche effectue la même opération sur de nombreux systèmes, maintenant ou au moment choisi, et conserve le résultat de chacun. Sélectionnez des systèmes, puis redémarrez-les, mettez-les à niveau ou réinitialisez-les.
jobs-empty-do = Sélectionner des systèmes
jobs-new-upgrade = Mise à niveau logicielle
jobs-repeats = Répétée
jobs-wave-of = Vague { $wave } sur { $waves }
jobs-failed =
    { $count ->
        [one] { $number } en échec
       *[other] { $number } en échec
    }
jobs-unknown =
    { $count ->
        [one] { $number } en vérification
       *[other] { $number } en vérification
    }
jobs-took = durée : { $time }
jobs-done-of = { $done } sur { $all }
jobs-details = Détails
jobs-when = Quand
jobs-by-at = { $name }, { $at }
jobs-gone = Cette tâche n’existe pas
jobs-gone-why = Elle a peut-être été supprimée, ou vous n’avez pas le droit de la voir.
jobs-systems = Systèmes
jobs-next-starts = Prochains débuts
jobs-starts-none = Il ne reste aucun début.
jobs-unseen = Une tâche que vous ne pouvez pas voir
jobs-running-title = Tâches sur les systèmes
jobs-running-none = Aucune tâche n’est en cours.
jobs-held =
    { $count ->
        [one] { $number } tâche en pause ou en attente d’approbation
       *[other] { $number } tâches en pause ou en attente d’approbation
    }
jobs-act-show-running = Afficher les tâches en cours
jobs-act-approve = Approuver
jobs-approve-done =
    { $count ->
        [one] { $number } tâche approuvée
       *[other] { $number } tâches approuvées
    }
jobs-approve-left =
    { $count ->
        [one] { $number } tâche non approuvée
       *[other] { $number } tâches non approuvées
    }
jobs-act-pause = Mettre en pause
jobs-pause-done =
    { $count ->
        [one] { $number } tâche mise en pause
       *[other] { $number } tâches mises en pause
    }
jobs-pause-left =
    { $count ->
        [one] { $number } tâche non mise en pause
       *[other] { $number } tâches non mises en pause
    }
jobs-act-resume = Reprendre
jobs-resume-done =
    { $count ->
        [one] { $number } tâche reprise
       *[other] { $number } tâches reprises
    }
jobs-resume-left =
    { $count ->
        [one] { $number } tâche non reprise
       *[other] { $number } tâches non reprises
    }
jobs-act-stop = Arrêter…
jobs-stop-done =
    { $count ->
        [one] { $number } tâche arrêtée
       *[other] { $number } tâches arrêtées
    }
jobs-stop-left =
    { $count ->
        [one] { $number } tâche non arrêtée
       *[other] { $number } tâches non arrêtées
    }
jobs-act-delete = Supprimer…
jobs-delete-done =
    { $count ->
        [one] { $number } tâche supprimée
       *[other] { $number } tâches supprimées
    }
jobs-delete-left =
    { $count ->
        [one] { $number } tâche non supprimée
       *[other] { $number } tâches non supprimées
    }
jobs-act-selected-approve = Approuver les tâches sélectionnées
jobs-act-selected-pause = Mettre en pause les tâches sélectionnées
jobs-act-selected-resume = Reprendre les tâches sélectionnées
jobs-act-selected-stop = Arrêter les tâches sélectionnées…
jobs-act-selected-delete = Supprimer les tâches sélectionnées…
jobs-stop-title =
    { $count ->
        [one] Arrêter { $number } tâche ?
       *[other] Arrêter { $number } tâches ?
    }
jobs-stop-body = Les systèmes qui n’ont pas commencé sont abandonnés. Ce qui a commencé est mené à terme ; aucune écriture en cours n’est interrompue. Une tâche arrêtée ne peut pas être relancée, mais elle peut être copiée.
jobs-stop-do =
    { $count ->
        [one] Arrêter { $number } tâche
       *[other] Arrêter { $number } tâches
    }
jobs-stop-running =
    { $count ->
        [one] { $number } système qui a commencé est d’abord mené à terme
       *[other] { $number } systèmes qui ont commencé sont d’abord menés à terme
    }
jobs-delete-title =
    { $count ->
        [one] Supprimer { $number } tâche ?
       *[other] Supprimer { $number } tâches ?
    }
jobs-delete-body =
    { $count ->
        [one] Les résultats de ses systèmes et leurs journaux sont supprimés aussi. Les systèmes eux-mêmes ne sont pas modifiés, et le journal d’audit garde la trace de ce qui a été fait.
       *[other] Les résultats de leurs systèmes et leurs journaux sont supprimés aussi. Les tâches en cours sont conservées. Les systèmes eux-mêmes ne sont pas modifiés, et le journal d’audit garde la trace de ce qui a été fait.
    }
jobs-delete-do =
    { $count ->
        [one] Supprimer { $number } tâche
       *[other] Supprimer { $number } tâches
    }
jobs-act-go-on = Commencer la vague { $wave }
jobs-go-on-done = La vague { $wave } commence
jobs-act-retry =
    { $count ->
        [one] Réessayer { $number } en échec…
       *[other] Réessayer { $number } en échec…
    }
jobs-act-copy = Copier comme nouvelle tâche…
jobs-retry-title =
    { $count ->
        [one] Réessayer { $number } système ?
       *[other] Réessayer { $number } systèmes ?
    }
jobs-retry-body = Une nouvelle tâche commence immédiatement avec les systèmes en échec : { $number } sur { $all }. Elle est liée à celle-ci, qui est conservée avec ses résultats.
jobs-retry-do =
    { $count ->
        [one] Réessayer { $number } système
       *[other] Réessayer { $number } systèmes
    }
jobs-starts = Début prévu
jobs-started = Début
jobs-finished = Fin
jobs-window-ends = Fin de la fenêtre
jobs-next-at = Suite
jobs-targets = Cibles
jobs-progress = Progression
jobs-by-approved = Créée, approuvée par
jobs-series = Exécution de
jobs-series-open = la tâche répétée
jobs-retry-of = Nouvel essai de
jobs-retry-of-open = la tâche précédente
jobs-customer-count =
    { $count ->
        [one] { $number } client
       *[other] { $number } clients
    }
jobs-system-count =
    { $count ->
        [one] { $number } système
       *[other] { $number } systèmes
    }
jobs-customers = Clients de la tâche
jobs-waves = Vagues
jobs-wave = Vague { $wave }
jobs-wave-last = Vague { $wave }, le reste
jobs-wave-state-waiting = en attente
jobs-wave-state-running = en cours
jobs-wave-state-soaking = en observation
jobs-wave-state-held = retenue
jobs-wave-state-done = terminée
jobs-wave-waiting =
    { $count ->
        [one] { $number } système
       *[other] { $number } systèmes
    }
jobs-wave-done = { $done } sur { $all } terminés
jobs-wave-running =
    { $count ->
        [one] { $number } en cours
       *[other] { $number } en cours
    }
jobs-wave-failures =
    { $count ->
        [one] { $number } échec
       *[other] { $number } échecs
    }
jobs-gate-proven = { $percent } réussis
jobs-gate-soak = { $time } d’observation
jobs-gate-until = observée { $when }
jobs-banner-approval = En attente de l’approbation d’une deuxième personne
jobs-banner-approval-why = { $name } l’a demandée ; quelqu’un d’autre doit l’approuver avant qu’elle ne commence.
jobs-banner-paused = En pause
jobs-banner-held = La vague { $wave } est retenue : moins de { $percent } a réussi
jobs-banner-stopping =
    { $count ->
        [one] Arrêtée ; { $number } système qui a commencé est mené à terme
       *[other] Arrêtée ; { $number } systèmes qui ont commencé sont menés à terme
    }
jobs-banner-missed = Manquée : son heure de début est passée
jobs-banner-missed-why = Flotilla n’était pas en cours d’exécution, ou la tâche était en pause. Elle peut être copiée et planifiée de nouveau.
jobs-banner-failed =
    { $count ->
        [one] { $number } en échec.
       *[other] { $number } en échec.
    }
jobs-banner-unknown =
    { $count ->
        [one] { $number } en vérification, compté comme échec tant que le résultat n’est pas connu.
       *[other] { $number } en vérification, comptés comme échecs tant que le résultat n’est pas connu.
    }
jobs-banner-running =
    { $count ->
        [one] { $number } système qui a commencé est mené à terme.
       *[other] { $number } systèmes qui ont commencé sont menés à terme.
    }
jobs-banner-waiting =
    { $count ->
        [one] { $number } attend.
       *[other] { $number } attendent.
    }
jobs-task-runs = Exécute { $version }, vérifié
jobs-task-again = prochain essai { $when }
jobs-task-gone = Ce système ne fait pas partie de la tâche
jobs-task-unknown = Le résultat est inconnu et en cours de vérification
jobs-task-unknown-why = Le système est interrogé, rien n’est refait. Il compte comme échec tant que le résultat n’est pas connu.
jobs-task-writing = Ne pas couper l’alimentation pendant l’écriture
jobs-task-writing-why = Si Flotilla est fermé, il reprend au prochain démarrage.
jobs-task-version = Version
jobs-task-to = vers
jobs-task-attempt = Essai
jobs-task-time = Durée
jobs-task-show = Afficher le système
jobs-steps = Étapes
jobs-step-not-begun = non commencée
jobs-log = Journal
jobs-log-none = Rien ne s’est encore passé.
jobs-runs = Exécutions
jobs-run = Exécution
jobs-runs-none = Aucune exécution
jobs-runs-none-why = Chaque début est une tâche à part entière et s’affiche ici.
jobs-copy-title = Copier comme nouvelle tâche
jobs-start-now = Démarrer la tâche
jobs-schedule = Planifier la tâche
jobs-more = Nom et ordre
jobs-name-hint = Sans nom, il est formé à partir de l’opération et des cibles.
jobs-priority-hint = 0 à 1 000 ; entre plusieurs tâches, la plus élevée passe en premier.
jobs-tolerance = Retard admis au début
jobs-tolerance-hint = Au-delà, elle est considérée comme manquée. Vide : selon les préférences.
job-schedule-kind-now = Maintenant
job-schedule-kind-at = À une date et heure
job-schedule-kind-windows = Fenêtres de maintenance
job-schedule-kind-repeat = Répétition
job-schedule-now-why = Elle commence dès qu’elle est demandée.
job-schedule-date = Date
job-schedule-first = Première date
job-schedule-time = Heure
job-schedule-days = Jours
job-schedule-window = Fenêtre { $number }
job-schedule-window-remove = Retirer la fenêtre { $number }
job-schedule-window-add = Ajouter une fenêtre
job-schedule-window-start = Ouvre à
job-schedule-window-hours = Durée, heures
job-schedule-window-minutes = et minutes
job-schedule-hours = h
job-schedule-minutes = min
job-schedule-window-why = Les paquets peuvent être copiés en dehors d’une fenêtre, pas installés. Un système dont la durée prévue ne tient plus n’est pas commencé. Autant de fenêtres que nécessaire sont utilisées.
job-schedule-window-words = { $days } à { $start } pendant { $time }
job-schedule-zone = Fuseau horaire
job-schedule-zone-name = Nom du fuseau horaire
job-schedule-zone-own = Celui de chaque site
job-schedule-zone-own-why = Chaque système commence à cette heure de son propre site.
job-schedule-zone-site = { $zone } (site)
job-schedule-zone-you = { $zone } (vous)
job-schedule-zone-other = Un autre…
job-schedule-start = Début
job-schedule-site = Site, { $zone }
job-schedule-you = Vous, { $zone }
job-schedule-number = Numéro
job-schedule-example = Pour un site en { $zone }, à titre d’exemple.
job-schedule-moved = déplacé : l’heure choisie n’existe pas le { $date }
job-schedule-moved-from = déplacé : { $time } n’existe pas le { $date }
job-schedule-incomplete = Remplissez les champs ci-dessus pour voir quand elle commence.
job-schedule-incorrect = Vérifiez les champs signalés.
job-schedule-frequency = Répétition
job-schedule-frequency-daily = Quotidienne
job-schedule-frequency-weekly = Hebdomadaire
job-schedule-frequency-monthly = Mensuelle
job-schedule-frequency-rule = Selon une règle (RRULE)
job-schedule-interval = Intervalle
job-schedule-unit-daily =
    { $count ->
        [one] jour
       *[other] jours
    }
job-schedule-unit-weekly =
    { $count ->
        [one] semaine
       *[other] semaines
    }
job-schedule-unit-monthly =
    { $count ->
        [one] mois
       *[other] mois
    }
job-schedule-monthly = Le
job-schedule-monthly-day = un jour du mois
job-schedule-monthly-last = le dernier jour du mois
job-schedule-monthly-weekday = un jour de semaine du mois
job-schedule-month-day-label = Jour
job-schedule-place = Lequel
job-schedule-place-1 = Premier
job-schedule-place-2 = Deuxième
job-schedule-place-3 = Troisième
job-schedule-place-4 = Quatrième
job-schedule-place--1 = Dernier
job-schedule-weekday = Jour de la semaine
job-schedule-rule = Règle de la RFC 5545
job-schedule-rule-hint = Par exemple FREQ=WEEKLY;INTERVAL=2;BYDAY=SU
job-schedule-ends = Fin
job-schedule-ends-never = jamais
job-schedule-ends-until = à une date
job-schedule-ends-count = après un nombre d’exécutions
job-schedule-until = Dernière date
job-schedule-count = Exécutions
job-schedule-every-daily =
    { $count ->
        [0] Tous les { $number } jours
        [one] Tous les jours
       *[other] Tous les { $number } jours
    }
job-schedule-every-weekly =
    { $count ->
        [0] Toutes les { $number } semaines
        [one] Toutes les semaines
       *[other] Toutes les { $number } semaines
    }
job-schedule-every-monthly =
    { $count ->
        [0] Tous les { $number } mois
        [one] Tous les mois
       *[other] Tous les { $number } mois
    }
job-schedule-month-last = dernier jour du mois
job-schedule-month-day = le { $day }
job-schedule-month-weekday = { $place } { $day }
job-schedule-from = { $rule }, à partir du { $first }
job-schedule-in-zone = { $when } ({ $zone })
job-schedule-date-time = { $date } à { $time }
rollout-waves = Vagues
rollout-unsplit-devices = chacune commence quand la précédente a fait ses preuves
rollout-unsplit-customers = un client n’est jamais réparti entre deux vagues
rollout-add = Ajouter une vague
rollout-remove = Retirer la vague { $wave }
rollout-wave = Vague
rollout-size = Taille
rollout-systems = Systèmes
rollout-proven = Commence après réussite de
rollout-soak = puis observation de
rollout-bar = { $wave } · { $number }
rollout-bar-words =
    { $count ->
        [one] Vague { $wave } : { $number } système.
       *[other] Vague { $wave } : { $number } systèmes.
    }
rollout-unit-customers =
    { $count ->
        [one] client
       *[other] clients
    }
rollout-unit-devices =
    { $count ->
        [one] périphérique
       *[other] périphériques
    }
rollout-unit-systems =
    { $count ->
        [one] système
       *[other] systèmes
    }
rollout-unit-percent = %
rollout-size-of = Taille de la vague { $wave }
rollout-unit-of = Unité de la vague { $wave }
rollout-proven-of = Part de la vague { $wave } qui doit réussir, en pour cent
rollout-percent-of = % de la vague { $wave }
rollout-soak-of = Observation après la vague { $wave }
rollout-soak-unit-of = Unité de l’observation après la vague { $wave }
rollout-soak-minutes =
    { $count ->
        [one] minute
       *[other] minutes
    }
rollout-soak-hours =
    { $count ->
        [one] heure
       *[other] heures
    }
rollout-soak-days =
    { $count ->
        [one] jour
       *[other] jours
    }
rollout-all = tous
rollout-rest = le reste
rollout-first = au début
rollout-threshold = Échecs
rollout-threshold-why = Ce qui est en vérification compte comme échec tant que le résultat n’est pas connu.
rollout-threshold-act = Ce qui se passe en cas d’échecs trop nombreux
rollout-act-pause = Mettre en pause
rollout-act-stop = Arrêter
rollout-act-none = Continuer quoi qu’il arrive
rollout-when = dès que
rollout-when-systems =
    { $count ->
        [one] système de la tâche échoue
       *[other] systèmes de la tâche échouent
    }
rollout-or = ou
rollout-when-percent = % d’une vague
upgrade-open = Mise à niveau logicielle…
upgrade-act = Mettre à niveau le logiciel des périphériques sélectionnés…
upgrade-title = Mise à niveau logicielle de périphériques
upgrade-steps = Étapes de la mise à niveau
upgrade-step-targets = Cibles
upgrade-step-rollout = Déploiement et fenêtre
upgrade-step-summary = Récapitulatif
upgrade-none = Aucun périphérique n’est sélectionné
upgrade-none-why = Sélectionnez des périphériques dans la liste des systèmes, puis choisissez « Mise à niveau logicielle ».
upgrade-too-many = Au plus { $limit } périphériques à la fois
upgrade-too-many-why = Sélectionnez moins de périphériques ; les autres peuvent suivre dans une autre tâche.
upgrade-target = Mettre à niveau vers
upgrade-recommended = La version recommandée de chaque périphérique
upgrade-recommended-why = La version la plus récente du référentiel pour la branche de chaque périphérique, en passant par les versions à long terme si nécessaire.
upgrade-target-why = Les périphériques auxquels ce paquet ne convient pas sont exclus, chacun avec sa raison.
upgrade-targets = Cibles
upgrade-targets-count =
    { $count ->
        [one] { $devices } sur { $number } périphérique sélectionné, chez { $customers }
       *[other] { $devices } sur { $number } périphériques sélectionnés, chez { $customers }
    }
upgrade-nobody = Aucun des périphériques sélectionnés ne peut être mis à niveau.
upgrade-model = Modèle
upgrade-from = De
upgrade-path = Chemin
upgrade-to = Vers
upgrade-digest = Empreinte
upgrade-size = Taille
upgrade-expected = Prévu
upgrade-restarts = Redémarrages
upgrade-devices = Périphériques
upgrade-direct = direct
upgrade-through = par { $versions }
upgrade-missing = { $series } manque dans le référentiel
upgrade-excluded = Exclus
upgrade-excluded-count =
    { $count ->
        [one] { $number } périphérique, avec sa raison
       *[other] { $number } périphériques, chacun avec sa raison
    }
upgrade-excluded-current = Déjà à la version voulue
upgrade-how = Chaque périphérique est vérifié avant l’envoi du premier octet. Il redémarre une fois par version et n’enregistre pas pendant ce temps ; il est terminé quand il exécute la nouvelle version après un nouveau démarrage. Un périphérique en cours d’écriture n’est jamais interrompu.
upgrade-longest = Durée maximale par périphérique
upgrade-summary =
    { $count ->
        [one] Mettre à niveau { $number } périphérique
       *[other] Mettre à niveau { $number } périphériques
    }
upgrade-name-made = formé à partir de l’opération et des cibles
upgrade-wave-words =
    { $count ->
        [one] vague { $wave } : { $number } périphérique
       *[other] vague { $wave } : { $number } périphériques
    }
upgrade-limit-systems =
    { $count ->
        [one] à partir de { $number } périphérique en échec
       *[other] à partir de { $number } périphériques en échec
    }
upgrade-limit-percent = à partir de { $percent } d’une vague
upgrade-limit-either = { $systems } ou { $percent }
upgrade-confirm =
    { $count ->
        [one] { $number } périphérique redémarre et n’enregistre pas pendant ce temps
       *[other] { $number } périphériques redémarrent et n’enregistrent pas pendant ce temps
    }
upgrade-confirm-why =
    { $count ->
        [one] Ses paramètres sont conservés. Ce qui change d’ici à son tour est vérifié de nouveau à ce moment.
       *[other] Leurs paramètres sont conservés. Ce qui change d’ici au tour d’un périphérique est vérifié de nouveau à ce moment.
    }
upgrade-do =
    { $count ->
        [one] Mettre à niveau { $number } périphérique
       *[other] Mettre à niveau { $number } périphériques
    }
upgrade-schedule =
    { $count ->
        [one] Planifier { $number } périphérique
       *[other] Planifier { $number } périphériques
    }
upgrade-look-first = Passez d’abord au récapitulatif
systems-models-upgrade = Mettre à niveau : { $badge }
app-jobs-running =
    { $count ->
        [one] { $number } en cours
       *[other] { $number } en cours
    }
