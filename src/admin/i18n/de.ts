import type { en } from "./en"

/** The same keys as the English texts, each with a text of its own. */
type Texts<English> = {
  [Key in keyof English]: English[Key] extends string
    ? string
    : Texts<English[Key]>
}
type English = Texts<(typeof en)["masspay"]>

const statuses: English["status"] = {
  pending: {
    label: "Wartet auf Freigabe",
    meaning: "Vor der Freigabe wird nichts an MassPay gesendet.",
  },
  ready: {
    label: "Bereit zum Senden",
    meaning: "Der nächste Lauf beauftragt MassPay mit der Auszahlung.",
  },
  sending: {
    label: "Wird gesendet",
    meaning:
      "MassPay wird gerade beauftragt. Was daraus geworden ist, ist noch nicht bekannt.",
  },
  accepted: {
    label: "Von MassPay angenommen",
    meaning:
      "MassPay hat den Auftrag angenommen. Dass das Geld im Wallet des Händlers ist, ist noch nicht bestätigt.",
  },
  completed: {
    label: "Im Wallet des Händlers",
    meaning: "MassPay bestätigt, dass das Geld im Wallet des Händlers ist.",
  },
  cancelled: {
    label: "Von MassPay storniert",
    meaning:
      "MassPay meldet eine Stornierung. Der Betrag bleibt gebunden, bis eine spätere Abfrage sie bestätigt.",
  },
  unknown: {
    label: "Noch nicht bekannt",
    meaning:
      "Es ist nicht belegt, ob MassPay sie ausgeführt hat. Das wird abgefragt; nichts wird gesendet, was doppelt zahlen könnte.",
  },
  blocked: {
    label: "Angehalten",
    meaning:
      "Sie wurde nicht ausgeführt. Es geht weiter, sobald die Ursache behoben ist.",
  },
  needs_review: {
    label: "Zu prüfen",
    meaning: "Jemand muss sie sich ansehen. Von selbst geht nichts weiter.",
  },
  reversing: {
    label: "Wird zurückgeholt",
    meaning:
      "MassPay wird gebeten, den ganzen Betrag zurückzuholen. Das Ergebnis ist noch nicht bekannt.",
  },
  reversed: {
    label: "Zurückgeholt",
    meaning:
      "MassPay hat den ganzen Betrag zurückgeholt. Die enthaltenen Posten sind wieder offen.",
  },
  netted: {
    label: "Verrechnet",
    meaning:
      "Gutschriften und Belastungen heben sich auf. Es musste kein Geld fließen.",
  },
  void: {
    label: "Verworfen",
    meaning:
      "Sie endete ohne Zahlung. Die enthaltenen Posten sind wieder offen.",
  },
}

const notPaidReasons: English["notPaidReason"] = {
  not_due: "Noch nicht fällig",
  not_scheduled: "Wartet auf den nächsten Auszahlungstag des Händlers",
  below_minimum: "Unter dem Mindestbetrag für eine Auszahlung",
  negative: "Der Händler schuldet mehr, als ihm zusteht",
  paused: "Auszahlungen an diesen Händler sind ausgesetzt",
  not_linked: "Der Händler hat noch keinen MassPay-Zugang",
  kyc: "MassPay verlangt Nachweise vom Händler",
  deactivated: "Der MassPay-Zugang des Händlers ist deaktiviert",
  no_funding_wallet: "In dieser Währung gibt es keine Zahlungsquelle",
  hold: "Zurückgehalten",
  being_read:
    "Die Zahlungen des Händlers bei MassPay werden erst vollständig gelesen",
  repeated_cancel:
    "MassPay hat Auszahlungen an diesen Händler wiederholt storniert",
  will_be_paid: "Kommt in die nächste Auszahlung",
}

const outcomes: English["outcome"] = {
  ok: "MassPay hat geantwortet",
  not_sent: "Nicht gesendet",
  unreachable: "Keine Verbindung, nichts wurde gesendet",
  unavailable: "Keine brauchbare Antwort",
  throttled: "MassPay bat um ein langsameres Tempo",
  off_contract: "Eine Antwort, die nicht vereinbart war",
  outcome_unknown: "Keine Antwort, die das Ergebnis belegt",
  duplicate_client_id: "MassPay kennt unsere Kennung bereits",
  key_mismatch: "MassPay kennt den Schlüssel zu einer anderen Anfrage",
  unauthorized: "MassPay hat die Zugangsdaten nicht anerkannt",
  misconfigured: "Wegen der Einstellungen abgelehnt",
  insufficient_funds: "Die Zahlungsquelle reicht nicht aus",
  documentation_required: "MassPay verlangt Nachweise vom Händler",
  payee_unusable: "MassPay zahlt an diesen Händler nicht aus",
  rejected: "MassPay hat abgelehnt",
}

const actionNames: English["payout"]["actions"]["name"] = {
  approve: "Freigeben",
  reject: "Ablehnen",
  void: "Verwerfen",
  resolve: "Abfragen",
  retry: "Erneut senden",
  settle_elsewhere: "Anderweitig bezahlt",
  reverse: "Zurückholen",
  cancel: "Bei MassPay stornieren",
  assert_not_executed: "Wurde nicht ausgeführt",
}

const actionEffects: English["payout"]["actions"]["effect"] = {
  approve: "Sie wird mit dem nächsten Lauf an MassPay gesendet.",
  reject:
    "Sie wird verworfen. Die enthaltenen Posten sind danach wieder offen.",
  void: "Sie wird verworfen. Die enthaltenen Posten sind danach wieder offen.",
  resolve:
    "MassPay wird gefragt, was daraus geworden ist, und die Antwort wird festgehalten. Es wird nichts erneut gesendet.",
  retry:
    "Zuerst wird MassPay danach gefragt. Nur was nicht ausgeführt wurde, wird erneut gesendet.",
  settle_elsewhere:
    "Sie wird verworfen und als anderweitig bezahlt verbucht. MassPay zahlt dafür nichts.",
  reverse:
    "MassPay wird gebeten, den ganzen Betrag aus dem Wallet des Händlers zurückzuholen. Ist er schon ausgegeben, ändert sich nichts.",
  cancel: "MassPay wird gebeten, sie vor der Ausführung zu stornieren.",
  assert_not_executed:
    "Eine zweite Person wird gebeten zu bestätigen, dass MassPay sie nicht ausgeführt hat.",
}

const actionRefusals: English["payout"]["actions"]["refusal"] = {
  not_found: "Diese Auszahlung gibt es nicht.",
  wrong_status: "In diesem Zustand der Auszahlung ist das nicht möglich.",
  wrong_method: "Bei dieser Art von Auszahlung ist das nicht möglich.",
  own_payout:
    "Sie haben diese Auszahlung veranlasst; entscheiden muss jemand anderes.",
  was_sent:
    "Es wurde schon etwas an MassPay gesendet. Sie kann nicht verworfen werden, als wäre nichts gewesen.",
  unproven: "Was aus einer Anfrage an MassPay wurde, ist noch nicht belegt.",
  executed:
    "MassPay hat sie nachweislich ausgeführt. Die nächste Abfrage entscheidet.",
  look_up_first:
    "Bitte zuerst abfragen: Was aus der letzten Anfrage wurde, muss bekannt sein.",
  too_early:
    "Was gesendet wurde, ist bei MassPay vielleicht noch nicht zu sehen.",
  on_the_wire: "Sie ist in diesem Augenblick auf dem Weg zu MassPay.",
  no_user: "Der Händler hat keinen MassPay-Zugang.",
  option_off:
    "Das Zurückholen von Auszahlungen ist abgeschaltet (payouts.allowReversal).",
  tried_before: "Das wurde schon versucht. Es wird nur einmal versucht.",
  no_load: "Der Vorgang bei MassPay ist nicht bekannt.",
  books_unknown:
    "Die Datenbank wurde wiederhergestellt. Bis die Seite von MassPay gelesen ist, wird nichts entschieden.",
  already_proposed: "Dazu wurde bereits eine zweite Person gefragt.",
  own_proposal: "Ihren eigenen Vorschlag muss jemand anderes bestätigen.",
  already_answered: "Dieser Vorschlag wurde schon beantwortet.",
  request_id_used: "Diese Anfrage wurde schon für etwas anderes verwendet.",
  no_deficit: "Es gibt nichts auszubuchen.",
  deficit_grew: "Inzwischen ist mehr geschuldet als vorgeschlagen.",
  on_its_way:
    "Eine andere Auszahlung an diesen Händler ist noch nicht abgeschlossen.",
}

const attentions: English["overview"]["attention"]["kind"] = {
  dispatch_stopped: "Der Versand ist angehalten",
  incidents_one: "{{count}} offener Alarm",
  incidents_other: "{{count}} offene Alarme",
  discrepancies_one:
    "{{count}} Abweichung zwischen unseren Büchern und MassPay",
  discrepancies_other:
    "{{count}} Abweichungen zwischen unseren Büchern und MassPay",
  payouts_to_review_one: "{{count}} Auszahlung ist zu prüfen",
  payouts_to_review_other: "{{count}} Auszahlungen sind zu prüfen",
  payouts_unknown_one: "{{count}} Auszahlung wird abgefragt",
  payouts_unknown_other: "{{count}} Auszahlungen werden abgefragt",
  payouts_to_approve_one: "{{count}} Auszahlung wartet auf Freigabe",
  payouts_to_approve_other: "{{count}} Auszahlungen warten auf Freigabe",
  actions_to_confirm_one: "{{count}} Vorschlag wartet auf eine zweite Person",
  actions_to_confirm_other:
    "{{count}} Vorschläge warten auf eine zweite Person",
  payouts_blocked_one: "{{count}} Auszahlung ist angehalten",
  payouts_blocked_other: "{{count}} Auszahlungen sind angehalten",
  refunds_to_allocate_one: "{{count}} Erstattung ist zuzuordnen",
  refunds_to_allocate_other: "{{count}} Erstattungen sind zuzuordnen",
  payees_locked_one: "{{count}} Händler ist bei MassPay gesperrt",
  payees_locked_other: "{{count}} Händler sind bei MassPay gesperrt",
  papers_wanted_one: "{{count}} Händler muss Nachweise einreichen",
  papers_wanted_other: "{{count}} Händler müssen Nachweise einreichen",
  balances_negative_one: "{{count}} Händler schuldet mehr, als ihm zusteht",
  balances_negative_other: "{{count}} Händler schulden mehr, als ihnen zusteht",
  webhooks_dead_one:
    "{{count}} Nachricht von MassPay konnte nicht verarbeitet werden",
  webhooks_dead_other:
    "{{count}} Nachrichten von MassPay konnten nicht verarbeitet werden",
}

const details: English["detail"] = {
  ...outcomes,
  late_result: "Die Antwort kam spät.",
  funding_short: "Die Zahlungsquelle reichte nicht aus.",
  overpayment_booked:
    "Die enthaltenen Posten waren schon wieder offen, deshalb wird der Betrag von den nächsten Erlösen des Händlers abgezogen.",
  overpayment_returned:
    "Was dem Händler dafür abgezogen wurde, steht ihm wieder zu.",
  key_rotated: "Die nächste Anfrage bekommt einen neuen Schlüssel.",
  config_refused_repeatedly: "MassPay hat mehrmals nacheinander abgelehnt.",
  approval_required:
    "Sie braucht jetzt eine Freigabe, und das Ergebnis einer früheren Anfrage ist nicht bekannt.",
  load_token_taken:
    "Zwei Auszahlungen beanspruchen denselben Vorgang bei MassPay.",
  client_load_id_mismatch:
    "MassPay zeigt unter unserer Kennung einen anderen Betrag, eine andere Währung oder einen anderen Händler.",
  duplicate_client_id:
    "MassPay gibt an, unsere Kennung zu kennen, zeigt den Vorgang aber nicht.",
  key_mismatch:
    "MassPay gibt an, den Schlüssel zu einer anderen Anfrage zu kennen, zeigt den Vorgang aber nicht.",
  unknown_too_long: "Das Ergebnis ist schon zu lange unbekannt.",
  too_many_ambiguous_attempts:
    "Zu viele Anfragen blieben ohne klares Ergebnis.",
  too_many_rotations: "Der Schlüssel wurde zu oft ersetzt.",
  unrecognised_status:
    "MassPay zeigt sie, hat aber nie in bekannten Worten gesagt, was daraus wurde.",
  spendback_refused:
    "MassPay hat abgelehnt, den Betrag zurückzuholen. Er wird vorgetragen und nicht erneut angefordert.",
}

/** Every German text of the plugin's admin. */
export const de: { masspay: English } = {
  masspay: {
    menu: {
      overview: "MassPay",
      payouts: "Auszahlungen",
      preview: "Nächste Auszahlungen",
    },
    search: {
      overview: "MassPay: Übersicht",
      payouts: "MassPay: Auszahlungen",
      preview: "MassPay: nächste Auszahlungen",
    },
    general: {
      retry: "Erneut versuchen",
      showMore: "{{count}} weitere anzeigen",
      showLess: "Weniger anzeigen",
    },
    errors: {
      title: "Das konnte nicht geladen werden",
      forbiddenTitle: "Dafür fehlt Ihnen die Berechtigung",
      forbidden: "Ihr Konto hat dafür keine Berechtigung.",
      signedOutTitle: "Sie sind abgemeldet",
      signedOut: "Melden Sie sich wieder an, um weiterzumachen.",
      signIn: "Anmelden",
      broken:
        "Auf dem Server ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.",
      notFoundTitle: "Diese Auszahlung gibt es nicht",
      notFound: "Keine Auszahlung hat die Kennung {{id}}.",
      offline: "Der Server hat nicht geantwortet.",
    },
    common: {
      cancel: "Abbrechen",
      close: "Schließen",
      reason: "Begründung",
      reasonHint:
        "Sie wird mit Ihrem Namen aufbewahrt, damit andere es nachvollziehen können.",
      environment: {
        production: "Produktion",
        staging: "Staging",
        sandbox: "Sandbox",
      },
      environmentText: {
        production: "Hier fließt echtes Geld.",
        staging: "Das Testsystem von MassPay. Es fließt kein echtes Geld.",
        sandbox: "Ein lokales MassPay. Es fließt kein Geld.",
      },
      dialog: {
        checking: "Es wird ermittelt, was geschehen würde",
        checkFailed: "Das ist jetzt nicht möglich",
        willHappen: "Was geschieht",
        moves: "Betrag",
        second: "Eine zweite Person muss das bestätigen.",
        refused: "Es wurde nichts getan",
        unclear: "Es ist nicht bekannt, ob es getan wurde",
        unclearText:
          "Es kam keine Antwort. Fragen Sie erneut: Dieselbe Anfrage wird nur einmal ausgeführt, wie oft sie auch gestellt wird.",
        askAgain: "Erneut fragen",
        done: "Erledigt",
        proposed: "Vorgeschlagen. Eine zweite Person muss es bestätigen.",
      },
    },
    overview: {
      title: "Übersicht",
      loading: "Die Übersicht wird geladen",
      asOf: "Stand",
      attention: {
        title: "Braucht Aufmerksamkeit",
        oldest: "Ältestes:",
        nothing: "Es gibt nichts zu tun",
        nothingText: "Was noch wartet, geht von selbst weiter.",
        kind: attentions,
        text: {
          dispatch_stopped:
            "Bis jemand ihn fortsetzt, wird nichts an MassPay gesendet.",
          incidents: "Im Betriebshandbuch steht zu jedem, was zu tun ist.",
          discrepancies: "Jemand muss entscheiden, welche Seite stimmt.",
          payouts_to_review: "Von selbst geht nichts weiter.",
          payouts_unknown:
            "Nichts wird gesendet, was doppelt zahlen könnte. Meist klärt es sich von selbst.",
          payouts_to_approve: "Vor der Freigabe wird nichts gesendet.",
          actions_to_confirm:
            "Wer etwas vorgeschlagen hat, kann es nicht selbst bestätigen.",
          payouts_blocked: "Es geht weiter, sobald die Ursache behoben ist.",
          refunds_to_allocate:
            "Es ist nicht klar, welcher Händler das Erstattete trägt.",
          payees_locked: "Bis MassPay entsperrt, wird nichts ausgezahlt.",
          papers_wanted:
            "MassPay zahlt aus, sobald die Nachweise anerkannt sind.",
          balances_negative:
            "Die nächsten Erlöse werden zuerst damit verrechnet.",
          webhooks_dead: "Abfragen bringen dasselbe ans Licht, nur später.",
        },
      },
      stopped: {
        title: "Es wird nichts an MassPay gesendet",
        by: "Angehalten von {{actor}}.",
        bySystem: "Sicherheitshalber vom Plugin selbst angehalten.",
      },
      circuit: {
        title: "MassPay wird zurzeit nicht angerufen",
        failures:
          "Zu viele Aufrufe sind fehlgeschlagen. Ab und zu prüft ein Aufruf, ob es wieder geht.",
        auth: "MassPay erkennt die Zugangsdaten dieses Shops nicht an.",
      },
      funding: {
        title: "Zahlungsquellen",
        subtitle:
          "Was bei MassPay liegt, und was binnen eines Tages auszuzahlen ist",
        balance: "Guthaben",
        upcoming: "Binnen eines Tages auszuzahlen",
        unknown: "Nicht bekannt",
        notRead: "noch nicht gelesen",
        read: "gelesen",
        low: "Niedrig",
        enough: "Ausreichend",
        share: "{{amount}} von {{balance}} sind binnen eines Tages auszuzahlen",
        nothing: "Keine Zahlungsquelle",
        nothingText:
          "Sie erscheint, sobald in einer Währung etwas fällig wurde.",
      },
      chart: {
        title: "Die letzten 30 Tage",
        currency: "Währung",
        paid: "Ausgezahlt",
        due: "Fällig geworden",
        held: "Zurückgehalten",
        day: "Tag",
        showTable: "Als Tabelle zeigen",
        showChart: "Als Diagramm zeigen",
        label:
          "Ausgezahlt, fällig geworden und zurückgehalten an jedem der letzten 30 Tage",
        nothing: "Noch nichts",
        nothingText:
          "In den letzten 30 Tagen wurde nichts ausgezahlt, fällig oder zurückgehalten.",
      },
      runs: {
        title: "Läufe",
        job: "Lauf",
        last: "Zuletzt",
        next: "Nächster",
        never: "Bisher nie",
        notPlanned: "Nicht geplant",
        overdue: "Überfällig",
        onTime: "Pünktlich",
        name: {
          "masspay-dispatch-payouts": "Auszahlungen senden",
          "masspay-resolve-payouts": "Unbekanntes abfragen",
          "masspay-apply-webhooks": "Nachrichten von MassPay verarbeiten",
          "masspay-sweep-orders": "Bestellungen durchsehen",
          "masspay-collect-payouts": "Fälliges einsammeln",
          "masspay-link-payees": "Händler mit MassPay verknüpfen",
          "masspay-watch": "Überwachen und Alarm geben",
          "masspay-reconcile": "Mit MassPay abgleichen",
        },
      },
      totals: {
        title: "Auszahlungen nach Zustand",
        open: "{{count}} × {{status}}",
        nothing: "Noch keine Auszahlungen",
      },
    },
    order: {
      title: "Auszahlungen an Händler",
      toPayouts: "Alle Auszahlungen",
      loading: "Die Anteile der Händler werden geladen",
      summary_one: "{{paid}} von {{count}} Händler bezahlt",
      summary_other: "{{paid}} von {{count}} Händlern bezahlt",
      gross: "Anteil an der Bestellung",
      including: "davon {{parts}}",
      shipping: "{{amount}} Versand",
      tax: "{{amount}} Steuer",
      commission: "Provision",
      platform: "Verbleibt beim Shop",
      net: "Für den Händler",
      total: "Für alle Händler",
      payoutOf: "Auszahlung über {{amount}}",
      openPayout: "Auszahlung über {{amount}} an {{vendor}}",
      kycTitle: "MassPay verlangt Nachweise von {{vendor}}",
      kycText:
        "Bis MassPay sie anerkannt hat, wird an diesen Händler nichts mehr ausgezahlt.",
      toVendor: "Zum Händler",
      paid: "Bezahlt",
      created: "Angelegt",
      due: "Fällig am",
      notice: "Bitte prüfen",
      empty: "Nichts auszuzahlen",
      emptyText: "Kein Händler hat einen Anteil an dieser Bestellung.",
    },
    payouts: {
      title: "Auszahlungen",
      vendor: "Händler",
      amount: "Betrag",
      status: "Zustand",
      age: "Alter",
      currency: "Währung",
      created: "Angelegt",
      select: "Auszahlung an {{vendor}} auswählen",
      selectAll: "Alle auf dieser Seite auswählen",
      selected_one: "{{count}} ausgewählt",
      selected_other: "{{count}} ausgewählt",
      days: {
        today: "Heute",
        week: "Letzte 7 Tage",
        month: "Letzte 30 Tage",
      },
      range: "Eigener Zeitraum",
      from: "Von",
      to: "Bis",
      bulk: {
        approve: "Freigeben",
        retry: "Erneut senden",
        approveTitle_one: "{{count}} Auszahlung freigeben",
        approveTitle_other: "{{count}} Auszahlungen freigeben",
        retryTitle_one: "{{count}} Auszahlung erneut senden",
        retryTitle_other: "{{count}} Auszahlungen erneut senden",
        approveText:
          "Was freigegeben ist, wird mit dem nächsten Lauf an MassPay gesendet.",
        retryText:
          "Zuerst wird MassPay nach jeder einzelnen gefragt. Nur was nicht ausgeführt wurde, wird erneut gesendet.",
        allowed_one: "{{count}} Auszahlung",
        allowed_other: "{{count}} Auszahlungen",
        skipped_one: "{{count}} wird ausgelassen",
        skipped_other: "{{count}} werden ausgelassen",
        none: "Bei keiner davon ist das jetzt möglich",
        done_one: "{{count}} Auszahlung: erledigt",
        done_other: "{{count}} Auszahlungen: erledigt",
        partly: "{{done}} von {{count}} erledigt",
        partlyText: "Beim Rest steht jeweils der Grund.",
        waiting: "Noch nicht gefragt",
        ok: "Erledigt",
        unclear: "Nicht bekannt, ob es getan wurde",
        refused: "Nicht getan",
        progress: "{{done}} von {{count}}",
        again: "Für den Rest erneut fragen",
      },
      ascending: { age: "Älteste zuerst", amount: "Kleinste zuerst" },
      descending: { age: "Neueste zuerst", amount: "Größte zuerst" },
      empty: "Noch keine Auszahlungen",
      emptyText:
        "Eine Auszahlung erscheint hier, wenn Geld eines Händlers fällig ist und der nächste Lauf es einsammelt.",
      filteredEmpty: "Keine passende Auszahlung",
      filteredEmptyText: "Ändern Sie die Suche oder die Filter.",
    },
    preview: {
      page: "Nächste Auszahlungen",
      pageText:
        "Was der nächste Lauf auszahlen würde, und warum er den Rest nicht auszahlt",
      vendor: "Händler",
      open: "Offen",
      dueNow: "Jetzt fällig",
      pays: "Nächster Lauf zahlt",
      why: "Warum",
      paysNothing: "Nichts",
      closes: "Schließt nur, was sich aufhebt",
      from: "am",
      reason: "Grund",
      currency: "Währung",
      all: "Alle",
      vendors_one: "{{count}} Händler",
      vendors_other: "{{count}} Händler",
      totals: "Insgesamt, nach Währung",
      nothing: "Nichts ist offen",
      nothingText: "Jeder Erlös ist in einer Auszahlung.",
      nothingMatches: "Nichts passt",
      nothingMatchesText:
        "Wählen Sie einen anderen Grund oder eine andere Währung.",
      payNow: "Jetzt auszahlen",
      payNowFor: "Jetzt auszahlen: {{vendor}}",
      payNowText:
        "Legt Auszahlungen über alles an, was jetzt fällig ist, unabhängig vom Zeitplan. Sperren, Pausen und Freigaben gelten wie immer.",
      ignoreMinimum: "Auch unter dem Mindestbetrag",
      willPay: "Wird ausgezahlt",
      notPaid: "Wird nicht ausgezahlt",
      paidReady: "wird mit dem nächsten Lauf gesendet",
      paidPending: "wartet auf die Freigabe durch jemand anderen",
      paidNetted: "schließt nur, was sich aufhebt",
      nothingToPay: "Es würde nichts ausgezahlt",
      made_one: "{{count}} Auszahlung wurde angelegt",
      made_other: "{{count}} Auszahlungen wurden angelegt",
      title: "Noch nicht ausgezahlt, und warum",
      summary_one: "{{count}} Guthaben eines Händlers ist offen",
      summary_other: "{{count}} Guthaben von Händlern sind offen",
      needsAttention_one: "bei {{count}} muss jemand etwas tun",
      needsAttention_other: "bei {{count}} muss jemand etwas tun",
      empty: "Nichts ist offen: Jeder Erlös ist in einer Auszahlung.",
      loading: "Es wird geladen, was noch nicht ausgezahlt ist",
      due: "{{amount}} jetzt fällig",
      noneDue: "Jetzt nichts fällig",
      nextDue: "Mehr wird fällig am",
    },
    payout: {
      title: "Auszahlung",
      to: "An {{vendor}}",
      vendor: "Händler",
      vendorId: "Kennung des Händlers",
      id: "Kennung der Auszahlung",
      method: "Art",
      created: "Angelegt",
      changed: "Letzte Änderung",
      completed: "Im Wallet seit",
      why: "Warum",
      loading: "Die Auszahlung wird geladen",
      items: {
        title: "Enthaltene Bestellungen",
        order: "Bestellung {{number}}",
        noOrder: "Ohne Bestellung",
        released: "Wieder offen seit",
        total: "Summe",
        empty: "Diese Auszahlung enthält keine Posten.",
      },
      operations: {
        title: "Bei MassPay",
        empty: "MassPay wurde noch um nichts gebeten.",
        clientId: "Unsere Kennung",
        remoteToken: "Kennung bei MassPay",
        remoteStatus: "Status bei MassPay",
        attempts: "Anfragen",
        attemptCount_one: "{{count}} Anfrage",
        attemptCount_other: "{{count}} Anfragen",
        noRemoteToken: "Noch nicht bekannt",
        notAsked: "Noch keine",
        copy: "Kopieren: {{what}}",
      },
      timeline: {
        title: "Verlauf",
        empty: "Bisher ist nichts geschehen.",
        request: "Anfrage {{number}} an MassPay ({{kind}})",
        noAnswer: "Noch ist keine Antwort festgehalten",
        httpStatus: "HTTP {{status}}",
        by: "Durch {{actor}}.",
      },
      raw: "Rohdaten",
      rawText: "Für den Support: jedes Feld, wie das Plugin es führt",
      empty: "Keine",
      yes: "Ja",
      no: "Nein",
      actions: {
        title: "Was getan werden kann",
        now: "Jetzt",
        notNow: "Jetzt nicht, und warum",
        none: "Es muss nichts getan werden, und es kann nichts getan werden.",
        loading: "Es wird ermittelt, was getan werden kann",
        name: actionNames,
        effect: actionEffects,
        refusal: actionRefusals,
        ask: "{{action}}: {{amount}} an {{vendor}}",
        becomes: "Neuer Zustand",
        outcome: "Was mit ihr geschieht",
        outcomeReady: "Sie wird abgefragt und erneut gesendet",
        outcomeVoid:
          "Sie wird verworfen; die enthaltenen Posten sind wieder offen",
      },
      proposal: {
        title: "Wartet auf eine zweite Person",
        by: "Vorgeschlagen von {{actor}} mit der Begründung: {{reason}}",
        confirm: "Bestätigen",
        reject: "Ablehnen",
        confirmText:
          "Sie bestätigen, was jemand anderes vorgeschlagen hat. Es geschieht sofort.",
        rejectText: "Der Vorschlag ist damit beendet. Es geschieht nichts.",
        own: "Ihren eigenen Vorschlag muss jemand anderes bestätigen.",
      },
    },
    status: statuses,
    blockReason: {
      kyc: "MassPay verlangt vor der Auszahlung Nachweise vom Händler.",
      funds: "Die Zahlungsquelle reicht in dieser Währung nicht aus.",
      vendor: "MassPay zahlt an diesen Händler zurzeit nicht aus.",
      auth: "MassPay erkennt die Zugangsdaten dieses Shops nicht an.",
      config:
        "Die Einstellungen des Plugins oder das MassPay-Konto müssen berichtigt werden.",
      limit: "Eine Grenze bei MassPay ist erreicht.",
    },
    blockReasonShort: {
      kyc: "Nachweise fehlen",
      funds: "Zahlungsquelle",
      vendor: "Händler",
      auth: "Zugangsdaten",
      config: "Einstellungen",
      limit: "Grenze erreicht",
    },
    notPaidReason: notPaidReasons,
    heldReason: {
      not_captured: "Die Zahlung des Kunden ist noch nicht eingezogen",
      partially_captured:
        "Die Zahlung des Kunden ist erst teilweise eingezogen",
      not_released:
        "Die Bestellung ist noch nicht so weit, dass Händler bezahlt werden",
      canceled: "Die Bestellung ist storniert",
      placed_before_start: "Die Bestellung ist älter als die Auszahlungen",
      unallocated_refund:
        "Es ist nicht geklärt, welcher Händler eine Erstattung trägt",
      unknown_currency: "Die Währung der Bestellung ist nicht bekannt",
      nothing_due: "Diesem Händler steht nichts zu",
    },
    settlementState: {
      held: "Zurückgehalten",
      open: "Noch nicht bezahlt",
      blocked: "Angehalten",
      in_transit: "Unterwegs",
      paid: "Bezahlt",
      nothing_due: "Nichts fällig",
    },
    entryKind: {
      earning: "Erlös",
      clawback: "Rückforderung",
      correction: "Korrektur",
      adjustment: "Anpassung",
      overpayment: "Überzahlung",
      settled_elsewhere: "Anderweitig bezahlt",
    },
    operationKind: {
      load: "Gutschrift auf das Wallet des Händlers",
      quote: "Angebot",
      commit: "Beauftragung",
      reverse: "Rückholung",
      cancel: "Stornierung",
      spendback: "Teilweise Rückholung",
    },
    method: {
      wallet: "Auf das MassPay-Wallet des Händlers",
      direct: "An das eigene Ziel des Händlers",
      spendback: "Zurück aus dem Wallet des Händlers",
      netting: "Keine, es werden nur Posten verrechnet",
    },
    proof: {
      none: "Noch nicht belegt",
      executed: "Nachweislich ausgeführt",
      not_executed: "Nachweislich nicht ausgeführt",
    },
    orderReason: {
      no_vendor_lines:
        "Keiner der Artikel und keine der Versandarten dieser Bestellung gehört zu einem Händler.",
      not_settled_yet:
        "Die Anteile der Händler sind noch nicht berechnet. Das geschieht von selbst.",
      ambiguous_marketplace:
        "Es ist nicht klar, welchen Marktplatz dieser Shop verwendet. Die Option „marketplace“ des Plugins muss ihn nennen.",
    },
    entryReason: {
      sale: "Verkauf",
      return: "Artikel kamen zurück",
      cancel: "Bestellung storniert",
      edit: "Bestellung geändert",
      refund: "Erstattung",
      paid_after_release: "Bezahlt, nachdem die Posten wieder offen waren",
      cancelled_after_release: "Diese Zahlung wurde doch noch storniert",
    },
    notice: {
      attribution_changed:
        "Der Händler einer Position hat sich nach der Buchung geändert. Sie bleibt bei dem Händler, für den sie gebucht wurde.",
    },
    event: {
      collected:
        "Die fälligen Posten des Händlers wurden zu dieser Auszahlung zusammengefasst.",
      collected_for_approval:
        "Die fälligen Posten des Händlers wurden zusammengefasst. Eine Freigabe ist nötig.",
      netted: "Die fälligen Posten des Händlers hoben sich auf.",
      adopted:
        "MassPay kannte sie, der Shop nicht; deshalb wurde sie nachgetragen.",
      approved: "Sie wurde freigegeben.",
      rejected: "Sie wurde abgelehnt.",
      remade: "Sie wurde durch eine Auszahlung mit anderen Posten ersetzt.",
      voided: "Sie wurde verworfen.",
      approval_required:
        "Sie braucht jetzt eine Freigabe; gesendet wurde sie nicht.",
      blocked_at_claim: "Sie wurde vor dem Senden angehalten.",
      unblocked: "Was sie anhielt, scheint behoben zu sein.",
      resend_confirmed:
        "Zwei Personen haben bestätigt, dass sie erneut gesendet werden darf.",
      reversal_started: "Die Rückholung wurde begonnen.",
      cancellation_started: "MassPay wird gebeten, sie zu stornieren.",
      claimed: "Sie wurde zum Senden aufgenommen.",
      not_sent: "Sie wurde nicht gesendet. Es wird erneut versucht.",
      throttled:
        "MassPay bat um ein langsameres Tempo. Es wird später erneut versucht.",
      refused: "MassPay hat abgelehnt. Es wurde nichts ausgeführt.",
      accepted: "MassPay hat sie angenommen.",
      completed:
        "MassPay antwortete, dass das Geld im Wallet des Händlers ist.",
      answered_cancelled:
        "MassPay antwortete, dass sie storniert ist. Eine Abfrage muss das bestätigen.",
      outcome_unknown:
        "Keine Antwort belegt, was geschehen ist. Es wird abgefragt.",
      lease_expired:
        "Der Sender verschwand, bevor eine Antwort festgehalten war. Es wird abgefragt.",
      found_accepted: "Eine Abfrage fand sie angenommen vor.",
      found_completed: "Eine Abfrage fand sie abgeschlossen vor.",
      found_cancelled: "Eine Abfrage fand sie storniert vor.",
      settled_cancelled:
        "Eine spätere Abfrage bestätigte, dass sie storniert ist.",
      mismatch: "Was MassPay zeigt, ist nicht das, worum es gebeten wurde.",
      not_found: "Eine Abfrage belegt, dass MassPay sie nicht ausgeführt hat.",
      resend_allowed:
        "Eine Abfrage fand sie nicht. Dieselbe Anfrage noch einmal zu senden kann nicht doppelt zahlen.",
      parked: "Sie wurde jemandem zur Prüfung übergeben.",
    },
    outcome: outcomes,
    detail: details,
  },
}
