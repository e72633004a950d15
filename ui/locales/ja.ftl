## Shared

none = –
save = 保存
cancel = キャンセル
close = 閉じる
apply = 適用
add = 追加
edit = 編集…
delete = 削除…
remove = 取り除く
retry = 再試行
undo = 元に戻す
back = 戻る
continue = 続ける
more = その他
all = すべて
yes = はい
no = いいえ
optional = 任意
show-password = パスワードを表示
hide-password = パスワードを隠す
copy = コピー
copied = コピーしました
loading = 読み込み中
refresh = 更新
as-table = 表で表示
as-chart = グラフで表示
error-reference = 参照番号 { $id }
tag-add = タグを追加
tag-remove = { $tag } を取り除く
tag-limit = 最大 { $limit } 件
increase = 増やす
decrease = 減らす
confirm-type = 確認のため { $text } と入力してください
no-matches = 一致するものがありません
error-host-unreachable = Flotilla に接続できません
    .action = サーバーが動作しネットワークが使えることを確認して、再試行してください。
error-host-answer-unreadable = 応答を読み取れませんでした
    .action = ページを再読み込みしてください。変わらない場合は、画面とサーバーのバージョンが異なります。

## Connection and severity

connection-connected = 接続済み
connection-problems = 接続に問題あり
connection-disconnected = 接続なし
connection-never = 未接続
severity-critical = クリティカル
severity-major = メジャー
severity-minor = マイナー
severity-warning = 警告
severity-cleared = クリア済み
work-state-waiting = 待機中
work-state-running = 実行中
work-state-done = 完了
work-state-skipped = スキップ
work-state-failed = 失敗
work-state-unknown = 不明、確認中
work-state-stopped = 停止

## Lists

list-search = { $what }を検索
list-search-go = 検索
list-search-clear = 検索をクリア
list-filter = フィルター
list-filter-panel = フィルター条件
list-filter-reset = リセット
list-filter-from = 開始
list-filter-to = 終了
list-filter-contains = を含む
list-filter-any = 指定なし
list-filter-empty = 空
list-filter-values = 値ごとに入力
list-chip-search = 検索
list-chip-remove = 条件「{ $name }」を取り除く
list-clear = クリア
list-clear-filter = フィルターをクリア
list-nothing-matches = 一致するものがありません
list-nothing-matches-why = 現在の検索と条件に合う項目はありません。
list-total = 全 { $total } 件
list-selected = { $selected } 件選択
list-select-all-matching = 一致する { $count } 件をすべて選択
list-select-shown = 表示中をすべて選択
list-select-row = { $name } を選択
list-clear-selection = 選択を解除
list-selection-bar = 選択
list-changes = { $count } 件の変更、並べ直す
list-changes-many = 多数の変更、並べ直す
list-columns = 列
list-columns-reset = 既定に戻す
list-column-up = { $name } を上へ
list-column-down = { $name } を下へ
list-column-width = { $name } の幅
list-sort-none = 並べ替えなし。クリックで降順。
list-sort-descending = 降順。クリックで昇順。
list-sort-ascending = 昇順。クリックで並べ替えを解除。
list-views = ビュー
list-views-all = すべての項目
list-views-own = 自分のビュー
list-views-shared = 共有ビュー
list-views-save = ビューとして保存…
list-views-update = 「{ $name }」を更新
list-views-delete = 「{ $name }」を削除…
list-views-name = ビューの名前
list-views-share = 全員が使用可能
list-views-delete-title = ビュー「{ $name }」を削除しますか？
list-views-delete-body = フィルター、並べ替え、列の設定が失われます。リストの項目は変わりません。
list-views-delete-do = ビューを削除
list-export = エクスポート
list-export-all = 一覧の { $count } 件すべて
list-export-selected = 選択中の { $count } 件
list-export-csv = CSV 形式
list-export-xlsx = XLSX 形式
list-exported = { $name } を保存しました
list-failed = リストを読み取れませんでした
list-too-many = 最初の { $count } 件のみ表示できます。フィルターで絞り込んでください。
list-of = { $total } 件中 { $shown } 件

## Frame

app-navigation = メイン
app-skip = 本文へ
app-fold = ナビゲーションを折りたたむ
app-unfold = ナビゲーションを展開
app-search = 検索またはコマンドを実行
app-work =
    { $count ->
        [0] 実行中の作業なし
       *[other] { $count } 件実行中
    }
app-work-title = 実行中の作業
app-work-none = 実行中の作業はありません。インポート、テスト、エクスポートがここに表示されます。
app-work-progress = { $total } 件中 { $done } 件
app-work-failed = 失敗 { $count } 件
app-notifications =
    { $count ->
        [0] 通知なし
       *[other] 通知 { $count } 件
    }
app-notifications-title = 通知
app-notifications-none = 確認が必要なことはありません。
notice-administrator-expires = 管理者アカウント { $login } は { $on } に期限切れになります
notice-account-reset = アカウント { $login } は { $at } にリセットされました
app-language = 言語
app-theme = テーマ
app-theme-light = ライト
app-theme-dark = ダーク
app-theme-system = システムに合わせる
app-user = { $name } としてサインイン中
app-profile = プロフィール
app-sign-out = サインアウト
app-shortcuts = キーボードショートカット
app-organization-all = すべての組織
app-organization = 組織
app-organization-search = 組織を検索
app-organization-more = ほか { $count } 件、検索で絞り込んでください
app-not-found = このページはありません
app-not-found-why = アドレスが古いか、その内容を表示する権限がない可能性があります。
app-to-dashboard = ダッシュボードへ
app-starting = 起動中
nav-dashboard = ダッシュボード
nav-customers = 顧客
nav-systems = 装置
nav-alarms = アラーム
nav-accounts = アカウント
nav-preferences = 設定
nav-audit = 監査ログ
nav-application_centre = アプリケーションセンター
nav-administration = 管理
palette = 検索またはコマンドを実行
palette-pages = ページ
palette-organizations = 組織
palette-customers = 顧客
palette-systems = システム
palette-actions = 操作
palette-choose = 選択
palette-open = 開く
palette-new-window = 新しいウィンドウ
palette-nothing = 一致するものがありません
shortcut-palette = 検索またはコマンドを実行
shortcut-help = キーボードショートカットを表示
shortcut-list-move = リスト内を移動
shortcut-list-ends = 先頭行と最終行
shortcut-list-select = 行を選択
shortcut-list-all = 一致するものをすべて選択
shortcut-list-open = 行を開く
shortcut-close = パネル、メニュー、ダイアログを閉じる
