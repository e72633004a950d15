## Shared

none = –
save = Enregistrer
cancel = Annuler
close = Fermer
apply = Appliquer
add = Ajouter
edit = Modifier…
delete = Supprimer…
remove = Retirer
retry = Réessayer
undo = Annuler l’action
back = Retour
continue = Continuer
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
as-table = Afficher en tableau
as-chart = Afficher en graphique
error-reference = Référence { $id }
tag-add = Ajouter une balise
tag-remove = Retirer { $tag }
tag-limit = { $limit } au maximum
increase = Augmenter
decrease = Diminuer
confirm-type = Saisissez { $text } pour confirmer
no-matches = Aucun résultat
error-host-unreachable = Flotilla est injoignable
    .action = Vérifiez que le serveur fonctionne et que le réseau est disponible, puis réessayez.
error-host-answer-unreadable = La réponse est illisible
    .action = Rechargez la page ; si cela persiste, l’interface et le serveur sont de versions différentes.

## Connection and severity

connection-connected = Connecté
connection-problems = Problèmes de connexion
connection-disconnected = Aucune connexion
connection-never = Jamais essayé
severity-critical = Critique
severity-major = Majeure
severity-minor = Mineure
severity-warning = Avertissement
severity-cleared = Effacée
work-state-waiting = En attente
work-state-running = En cours
work-state-done = Terminé
work-state-skipped = Ignoré
work-state-failed = Échec
work-state-unknown = Inconnu, vérification en cours
work-state-stopped = Arrêté

## Lists

list-search = Rechercher dans { $what }
list-search-go = Rechercher
list-search-clear = Effacer la recherche
list-filter = Filtrer
list-filter-panel = Critères de filtre
list-filter-reset = Réinitialiser
list-filter-from = De
list-filter-to = À
list-filter-contains = contient
list-filter-any = Indifférent
list-filter-empty = Vide
list-filter-values = une valeur par entrée
list-chip-search = Recherche
list-chip-remove = Retirer le critère { $name }
list-clear = Effacer
list-clear-filter = Effacer le filtre
list-nothing-matches = Aucun résultat
list-nothing-matches-why = Aucune entrée ne correspond à la recherche et aux critères en vigueur.
list-total = { $total } au total
list-selected = { $selected } sélectionnés
list-select-all-matching = Sélectionner les { $count } résultats
list-select-shown = Tout sélectionner
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
list-sort-none = Non trié. Clic : ordre décroissant.
list-sort-descending = Tri décroissant. Clic : ordre croissant.
list-sort-ascending = Tri croissant. Clic : non trié.
list-views = Vues
list-views-all = Toutes les entrées
list-views-own = Mes vues
list-views-shared = Vues partagées
list-views-save = Enregistrer comme vue…
list-views-update = Mettre à jour { $name }
list-views-delete = Supprimer { $name }…
list-views-name = Nom de la vue
list-views-share = Accessible à tous
list-views-delete-title = Supprimer la vue { $name } ?
list-views-delete-body = Son filtre, son tri et ses colonnes sont oubliés. Aucune entrée de la liste n’est modifiée.
list-views-delete-do = Supprimer la vue
list-export = Exporter
list-export-all = Les { $count } entrées listées
list-export-selected = { $count } sélectionnées
list-export-csv = en CSV
list-export-xlsx = en XLSX
list-exported = { $name } enregistré
list-failed = La liste n’a pas pu être lue
list-too-many = Seules les { $count } premières entrées peuvent être affichées ; affinez par un filtre.
list-of = { $shown } sur { $total }

## Frame

app-navigation = Principale
app-skip = Aller au contenu
app-fold = Réduire la navigation
app-unfold = Déployer la navigation
app-search = Rechercher ou lancer une commande
app-work =
    { $count ->
        [0] Rien en cours
       *[other] { $count } en cours
    }
app-work-title = Travaux en cours
app-work-none = Rien en cours. Les importations, tests et exportations s’affichent ici.
app-work-progress = { $done } sur { $total }
app-work-failed = { $count } en échec
app-notifications =
    { $count ->
        [0] Aucune notification
       *[other] Notifications, { $count }
    }
app-notifications-title = Notifications
app-notifications-none = Rien ne demande votre attention.
notice-administrator-expires = Le compte administrateur { $login } expire le { $on }
notice-account-reset = Le compte { $login } a été réinitialisé le { $at }
app-language = Langue
app-theme = Thème
app-theme-light = Clair
app-theme-dark = Sombre
app-theme-system = Comme le système
app-user = Connecté : { $name }
app-profile = Profil
app-sign-out = Se déconnecter
app-shortcuts = Raccourcis clavier
app-organization-all = Toutes les organisations
app-organization = Organisation
app-organization-search = Rechercher une organisation
app-organization-more = { $count } de plus, affinez la recherche
app-not-found = Cette page n’existe pas
app-not-found-why = L’adresse est peut-être ancienne, ou son contenu ne vous est pas accessible.
app-to-dashboard = Vers le tableau de bord
app-starting = Démarrage
nav-dashboard = Tableau de bord
nav-customers = Clients
nav-systems = Périphériques
nav-alarms = Alarmes
nav-accounts = Comptes
nav-preferences = Préférences
nav-audit = Journal d’audit
nav-application_centre = Centre d’applications
nav-administration = Administration
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
shortcut-palette = Rechercher ou lancer une commande
shortcut-help = Afficher les raccourcis clavier
shortcut-list-move = Se déplacer dans une liste
shortcut-list-ends = Première et dernière ligne
shortcut-list-select = Sélectionner la ligne
shortcut-list-all = Sélectionner tous les résultats
shortcut-list-open = Ouvrir la ligne
shortcut-close = Fermer le panneau, le menu ou la boîte
