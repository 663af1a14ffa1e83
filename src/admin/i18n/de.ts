import type { en } from "./en"

/** The same keys as the English texts, each with a text of its own. */
type Texts<English> = {
  [Key in keyof English]: English[Key] extends string
    ? string
    : Texts<English[Key]>
}
type English = Texts<(typeof en)["masspay"]>

// The overview

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

// Alarms

const incidentKinds: English["incidents"]["kind"] = {
  payout_parked: {
    label: "Eine Auszahlung braucht jemanden",
    text: "Weder die Antwort von MassPay noch eine Abfrage hat belegt, ob der Händler bezahlt wurde. Von selbst wird nichts erneut gesendet.",
  },
  payout_flipped: {
    label: "MassPay hat sein Wort zurückgenommen",
    text: "Eine abgeschlossene Auszahlung ist jetzt storniert, oder eine verworfene wurde doch bezahlt.",
  },
  payout_unknown: {
    label: "Ergebnisse, die noch niemand belegen kann",
    text: "Auszahlungen wurden vor zwei Stunden oder mehr gesendet, und keine Abfrage hat gezeigt, was daraus geworden ist.",
  },
  payout_waiting: {
    label: "Bereite Auszahlungen werden nicht gesendet",
    text: "Nichts hält sie auf, und doch warten sie seit mehr als 15 Minuten.",
  },
  funding_low: {
    label: "Eine Zahlungsquelle reicht nicht",
    text: "Sie enthält weniger, als binnen eines Tages zu zahlen ist, oder weniger als die festgelegte Grenze.",
  },
  webhooks_silent: {
    label: "Von MassPay kommen keine Nachrichten mehr",
    text: "Die Auszahlungen stimmen trotzdem; was daraus geworden ist, zeigt sich nur später.",
  },
  webhooks_rejected: {
    label: "Nachrichten werden abgewiesen",
    text: "Mehr als jede zwanzigste war nicht oder falsch signiert oder verändert. Nichts davon wurde geglaubt.",
  },
  job_overdue: {
    label: "Ein Lauf findet nicht statt",
    text: "Was er erledigt, bleibt liegen. Er macht dort weiter, wo er aufgehört hat.",
  },
  reconcile_overdue: {
    label: "Die Bücher wurden nicht mit MassPay abgeglichen",
    text: "Seit zwei Stunden war kein Abgleich vollständig.",
  },
  invariant_broken: {
    label: "Die Bücher widersprechen sich",
    text: "Eine Regel, die immer gelten muss, gilt nicht. Wo Geld davon abhängt, ist das Senden gestoppt.",
  },
  dispatch_stopped: {
    label: "Das Senden ist gestoppt",
    text: "Auszahlungen entstehen und warten, bis jemand das Senden wieder aufnimmt.",
  },
  circuit_open: {
    label: "MassPay antwortet nicht oder weist den Schlüssel ab",
    text: "Seit zehn Minuten wurde nichts gesendet. Mit der ersten guten Antwort geht es von selbst weiter.",
  },
  restore_waiting: {
    label: "Die Datenbank ist eine andere",
    text: "Nichts wird gesendet, bis alles, was MassPay weiß, in die Bücher gelesen ist.",
  },
  discrepancy: {
    label: "MassPay und die Bücher weichen voneinander ab",
    text: "Das wird nicht von selbst berichtigt, weil dabei Geld bewegt würde.",
  },
}

// Payouts: the list, one of them, the next ones, and the order's widget

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
    "MassPay wird einmal gebeten, den ganzen Betrag zurückzuholen: aus dem Wallet des Händlers oder von dort, wohin er direkt ging. Ist er nicht mehr da, ändert sich nichts. Ist er zurück, ist wieder fällig, was damit bezahlt war, und wird mit der nächsten Auszahlung gezahlt, wenn der Händler nicht pausiert ist.",
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
    "Das Zurückholen von Auszahlungen aus Wallets ist abgeschaltet (payouts.allowReversal).",
  direct_option_off:
    "Das Zurückholen direkter Auszahlungen ist abgeschaltet (direct.allowReversal).",
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

// What payouts, entries and answers of MassPay are called

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
      "MassPay hat den Auftrag angenommen. Dass er ausgeführt ist, ist noch nicht bestätigt.",
  },
  completed: {
    label: "Von MassPay abgeschlossen",
    meaning: "MassPay bestätigt, dass sie abgeschlossen ist.",
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
  no_destination: "Der Händler hat kein vollständiges Ziel",
  destination_returned: "Die letzte Auszahlung an das Ziel kam zurück",
  destination_gone: "MassPay bietet das Ziel nicht mehr an",
  above_maximum: "Mehr, als das Ziel auf einmal annimmt",
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
  quoted: "Angeboten",
  quote_expired: "Das Angebot war abgelaufen",
  quote_fee: "Die Gebühr ist zu hoch",
  quote_rate: "Der Wechselkurs hat sich zu weit bewegt",
  quote_differs: "Das Angebot ist nicht, was verlangt war",
  attributes_required: "MassPay braucht mehr Angaben zum Ziel",
  profile_required: "MassPay fehlen Angaben zur Verkäuferin",
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
  payout_error:
    "MassPay hat sie mit einem Fehler beendet und sagt nicht, ob das Geld zurückkam. Bitte bei MassPay nachfragen.",
  partly_reversed:
    "Nur ein Teil kam zurück. Bitte den Teil als Korrektur buchen und sie dann abfragen: Damit ist sie abgeschlossen.",
  spendback_refused:
    "MassPay hat abgelehnt, den Betrag zurückzuholen. Er wird vorgetragen und nicht erneut angefordert.",
}

/** Every German text of the plugin's admin. */
export const de: { masspay: English } = {
  masspay: {
    // All pages
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
      removeFilter: "Filter entfernen: {{name}}",
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
    people: {
      system: "das Plugin selbst",
      vendor: "Der Händler",
      by: "von {{actor}}",
      byBecause: "{{actor}}: {{reason}}",
      actions: "Aktionen",
      done: "Erledigt",
      proposed: "Vorgeschlagen. Eine zweite Person muss es bestätigen.",
      willHappen: "Was geschieht",
      span: "{{from}} bis {{to}} von {{count}}",
      changeFilters: "Suche oder Filter ändern.",
    },

    // The overview
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
        now: "jetzt",
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
          "masspay-mirror-balances": "Guthaben lesen",
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

    // Alarms
    incidents: {
      menu: "Alarme",
      title: "Alarme",
      subtitle:
        "Weswegen jemand gerufen wurde, das Offene zuerst. Ein Alarm endet von selbst, wenn seine Ursache vorüber ist.",
      what: "Was",
      about: "Worum es geht",
      aboutIt: {
        payout: "Die Auszahlung",
        payouts: "Diese Auszahlungen",
        vendor: "Der Händler",
        funding: "Zahlungsquellen",
        webhooks: "Nachrichten von MassPay",
        discrepancy: "Abweichungen",
        reconciliation: "Abgleiche",
        overview: "Übersicht",
      },
      stateLabel: "Stand",
      state: { open: "Offen", closed: "Vorüber" },
      kind: incidentKinds,
      since: "Seit",
      seen: "zuletzt gesehen",
      over: "vorüber",
      reminders_one: "{{count}} Erinnerung",
      reminders_other: "{{count}} Erinnerungen",
      isAcknowledged: "Betreut",
      acknowledged: { true: "Von jemandem", false: "Von niemandem" },
      by: "{{actor}} kümmert sich: {{note}}",
      details: "Einzelheiten",
      runbook: "Seite im Betriebshandbuch",
      acknowledge: "Ich kümmere mich",
      acknowledgeOf: "Ich kümmere mich: {{kind}}",
      acknowledgeTitle: "Sich um den Alarm kümmern",
      acknowledgeEffect:
        "Andere sehen, dass Sie sich kümmern und was Sie tun; niemand wird mehr daran erinnert. Der Alarm endet von selbst, wenn seine Ursache vorüber ist.",
      empty: "Keine Alarme",
      emptyText:
        "Es ist nichts geschehen, weswegen jemand gerufen werden musste.",
      filteredEmpty: "Kein Alarm passt",
    },

    // Payouts: the list, one of them, the next ones, and the order's widget
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
    payout: {
      title: "Auszahlung",
      to: "An {{vendor}}",
      vendor: "Händler",
      vendorId: "Kennung des Händlers",
      id: "Kennung der Auszahlung",
      method: "Art",
      created: "Angelegt",
      changed: "Letzte Änderung",
      completed: "Abgeschlossen seit",
      why: "Warum",
      loading: "Die Auszahlung wird geladen",
      direct: {
        title: "Wohin sie geht",
        destination: "Ziel",
        none: "Für diese Währung ist kein Ziel gewählt",
        back: "Geld kam zurück",
        backText:
          "Von diesem Ziel kam Geld zurück, aus dieser Auszahlung oder einer anderen.",
        kind: "Art",
        toVendor: "Zu den Zielen des Händlers",
        isReplaced: "inzwischen wird ein anderes verwendet",
        receives: "Beim Händler kommt an",
        rate: "Kurs",
        fee: "Gebühr",
        feePlatform: "{{amount}}, trägt der Marktplatz",
        feeVendor: "{{amount}}, aus der Auszahlung genommen",
        quoteUntil: "Angebot gilt bis",
        noQuote: "MassPay hat noch kein Angebot gemacht.",
        estimated: "Ankunft, wie MassPay sie schätzt",
        remoteStatus: "MassPay sagt",
        remoteReason: "Begründung von MassPay",
        traceCode: "Nachverfolgungscode",
        confirmation: "Bestätigung (PDF)",
        confirmationFailed: "Die Bestätigung konnte nicht geladen werden",
        status: {
          PENDING: "Angeboten. Dass gezahlt werden soll, ist nicht bestätigt.",
          SCHEDULED: "MassPay hat sie angenommen und zahlt später.",
          PROCESSING: "MassPay arbeitet daran.",
          HOLD: "MassPay hält sie an, etwa für eine Prüfung. Sie ist weder bezahlt noch abgelehnt.",
          READY_FOR_PICKUP:
            "Das Bargeld liegt bereit. Nur der Händler sieht den Code, für den es ausgehändigt wird.",
          COMPLETED: "MassPay sagt, dass sie abgeschlossen ist.",
          CANCELLED: "MassPay sagt, dass sie storniert ist.",
          REVERSED: "Laut MassPay wurde sie ganz zurückgeholt.",
          PARTLY_REVERSED: "Laut MassPay wurde ein Teil zurückgeholt.",
          ERROR:
            "MassPay hat sie mit einem Fehler beendet und sagt nicht, ob das Geld zurückkam.",
        },
      },
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

    // What payouts, entries and answers of MassPay are called
    status: statuses,
    statusOf: {
      wallet: {
        accepted: {
          label: "Von MassPay angenommen",
          meaning:
            "MassPay hat den Auftrag angenommen. Dass das Geld im Wallet des Händlers ist, ist noch nicht bestätigt.",
        },
        completed: {
          label: "Im Wallet des Händlers",
          meaning:
            "MassPay bestätigt, dass das Geld im Wallet des Händlers ist.",
        },
      },
      direct: {
        accepted: {
          label: "Von MassPay angenommen",
          meaning:
            "MassPay hat sie angenommen. Dass sie beim Händler angekommen ist, ist noch nicht bestätigt.",
        },
        completed: {
          label: "Von MassPay ausgezahlt",
          meaning:
            "MassPay bestätigt, dass die Auszahlung an das Ziel des Händlers abgeschlossen ist. Eine Bank kann sie noch zurückschicken.",
        },
      },
      spendback: {
        accepted: {
          label: "Von MassPay angenommen",
          meaning:
            "MassPay hat sie angenommen. Dass der Betrag das Wallet des Händlers verlassen hat, ist noch nicht bestätigt.",
        },
        completed: {
          label: "Zurückgeholt",
          meaning:
            "MassPay bestätigt, dass der Betrag aus dem Wallet des Händlers zurückgeholt wurde.",
        },
      },
    },
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
      quoted: "MassPay hat sie angeboten; das Angebot wird jetzt bestätigt.",
      not_sent: "Sie wurde nicht gesendet. Es wird erneut versucht.",
      throttled:
        "MassPay bat um ein langsameres Tempo. Es wird später erneut versucht.",
      refused: "MassPay hat abgelehnt. Es wurde nichts ausgeführt.",
      accepted: "MassPay hat sie angenommen.",
      completed: "MassPay antwortete, dass sie abgeschlossen ist.",
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

    // Vendors: the list, and one of them
    payees: {
      menu: "Händler",
      title: "Händler",
      vendor: "Händler",
      status: "Status",
      missing: "Fehlt",
      nothingMissing: "Nichts",
      needShort: {
        account: "MassPay-Konto",
        confirmation: "Bestätigung des Kontos",
        papers: "Nachweise",
        profile: "Angaben zum Händler",
        resume: "Pausiert",
      },
      open: "Offen",
      inTransit: "Unterwegs",
      paid: "Ausgezahlt",
      currency: "Währung",
      ascending: { name: "A bis Z", open: "Kleinste zuerst" },
      descending: { name: "Z bis A", open: "Größte zuerst" },
      empty: "Noch keine Händler",
      emptyText:
        "Ein Händler erscheint hier, sobald eine seiner Bestellungen gesehen wurde.",
      filteredEmpty: "Kein Händler passt",
      bulkLink: {
        start: "Alle verknüpfen",
        title: "Alle Händler mit MassPay verknüpfen",
        text: "Jeder Händler ohne MassPay-Konto wird dort gesucht und angelegt, falls MassPay ihn nicht kennt. Das läuft im Hintergrund.",
        count: {
          vendors: "Händler insgesamt",
          linked: "Schon verknüpft",
          toLookUp: "Zu suchen",
          incomplete: "Ohne E-Mail-Adresse, Namen oder Land",
          paused: "Pausiert",
          unlinked: "Von jemandem getrennt und deshalb ausgelassen",
        },
        nobody: "Es gibt niemanden zu verknüpfen",
        nobodyText: "Alle, die verknüpft werden können, sind es.",
        notComplete:
          "Dieser Marktplatz kann seine Händler nicht auflisten; bekannt sind nur die mit einer Bestellung.",
        whoIsIncomplete: "Wem was fehlt",
        started: "Die Verknüpfung läuft",
        progress: "{{done}} von {{total}} gesucht, {{linked}} verknüpft",
        stop: "Anhalten",
        notCancelled: "Sie konnte nicht angehalten werden",
      },
    },
    payee: {
      title: "Händler",
      loading: "Händler wird geladen",
      notFound: "Diesen Händler gibt es nicht",
      notFoundText: "Kein Händler hat die Kennung {{id}}.",
      toAll: "Alle Händler",
      vendorId: "Kennung des Händlers",
      user: "MassPay-Konto",
      noUser: "Keines",
      email: "E-Mail",
      country: "Land",
      papers: "Nachweise",
      notKnown: "Nicht bekannt",
      fine: "Es ist nicht bekannt, dass etwas fehlt",
      fineText: "Was fällig ist, wird mit dem nächsten Lauf ausgezahlt.",
      pausedBecause: "Pausiert von {{actor}}: {{reason}}",
      status: {
        unlinked: "Kein MassPay-Konto",
        linking: "Wird verknüpft",
        active: "Aktiv bei MassPay",
        locked: "Gesperrt bei MassPay",
        deactivated: "Geschlossen bei MassPay",
      },
      need: {
        account: {
          label: "Kein offenes MassPay-Konto",
          text: "MassPay zahlt an Händler, die dort ein Konto haben. Bis dahin wird nichts ausgezahlt.",
        },
        confirmation: {
          label: "Ein Konto wurde gefunden und ist zu bestätigen",
          text: "MassPay kennt ein Konto mit diesen Angaben, das dieser Shop nicht angelegt hat. Jemand muss sagen, ob es das dieses Händlers ist.",
        },
        papers: {
          label: "MassPay verlangt Nachweise",
          text: "MassPay zahlt nichts mehr, bis es sie angenommen hat.",
        },
        profile: {
          label: "MassPay fehlen Angaben zum Händler",
          text: "MassPay braucht sie, bevor das Geld das Wallet verlassen kann: {{fields}}.",
        },
        resume: {
          label: "Die Auszahlungen sind pausiert",
          text: "Nichts wird eingesammelt oder gesendet, bis jemand sie fortsetzt.",
        },
      },
      kycStatus: {
        unknown: "Nichts bekannt",
        not_required: "Keine verlangt",
        required: "Verlangt",
        submitted: "Eingereicht, noch nicht entschieden",
        declined: "Abgelehnt",
        approved: "Angenommen",
      },
      field: {
        address1: "Adresse",
        address2: "Adresse, zweite Zeile",
        city: "Ort",
        state_province: "Bundesland oder Provinz",
        postal_code: "Postleitzahl",
        date_of_birth: "Geburtsdatum",
        mobile_number: "Mobilnummer",
        middle_name: "Weiterer Vorname",
        language: "Sprache (zwei Buchstaben)",
        email: "E-Mail-Adresse",
        first_name: "Vorname",
        last_name: "Nachname",
        country_code: "Land",
      },
      schedule: {
        immediate: "Sobald etwas fällig ist",
        daily: "Jeden Tag",
        weekly: {
          monday: "Jeden Montag",
          tuesday: "Jeden Dienstag",
          wednesday: "Jeden Mittwoch",
          thursday: "Jeden Donnerstag",
          friday: "Jeden Freitag",
          saturday: "Jeden Samstag",
          sunday: "Jeden Sonntag",
        },
        monthly: "Jeden Monat am {{day}}.",
      },
      actions: {
        title: "Was für diesen Händler getan werden kann",
        pause: "Auszahlungen pausieren",
        resume: "Auszahlungen fortsetzen",
        adjust: "Guthaben anpassen",
        writeOff: "Schuld abschreiben",
        profile: "Angaben an MassPay weitergeben",
        session: "Identitätsprüfung beginnen",
        sync: "MassPay jetzt lesen",
        link: "Mit MassPay verknüpfen",
        confirmUser: "Konto bestätigen",
        unlink: "Konto trennen",
      },
      pause: {
        title: "Auszahlungen an {{vendor}} pausieren",
        text: "Solange etwas zu diesem Händler zu klären ist.",
        effect:
          "Nichts dieses Händlers wird eingesammelt oder gesendet, bis jemand fortsetzt. Was schon zu MassPay unterwegs ist, wird nicht zurückgerufen.",
      },
      resume: {
        title: "Auszahlungen an {{vendor}} fortsetzen",
        text: "Was fällig ist, wird wieder ausgezahlt.",
        effect:
          "Was fällig ist, wird mit dem nächsten Lauf eingesammelt, und wartende Auszahlungen werden gesendet.",
      },
      link: {
        title: "{{vendor}} mit MassPay verknüpfen",
        text: "MassPay wird jetzt nach dem Händler gefragt.",
        effect:
          "MassPay wird gefragt, ob es den Händler mit E-Mail-Adresse und Namen kennt. Kennt es ihn nicht, bekommt er dort ein Konto. Es bewegt sich kein Geld.",
      },
      confirmUser: {
        title: "Das gefundene Konto gehört {{vendor}}",
        text: "Alles, was diesem Händler je zusteht, geht an dieses Konto. Es muss sicher dieselbe Person sein.",
        found: "Gefundenes MassPay-Konto",
      },
      unlink: {
        title: "{{vendor}} das MassPay-Konto nehmen",
        text: "Nur wenn nichts dieses Händlers offen ist.",
      },
      sync: {
        done: "MassPay wurde gelesen",
        failed: "MassPay wurde nicht gelesen",
      },
      session: {
        title: "Identitätsprüfung für {{vendor}} beginnen",
        text: "MassPay erstellt einen Link, unter dem sich der Händler ausweist. Der Anbieter berechnet jede Prüfung.",
        effect:
          "Eine neue Prüfung beginnt, und ihr Link kommt in deine Zwischenablage. Wer ihn hat, kann als der Händler handeln: gib ihn nur ihm.",
        confirm: "Beginnen und Link kopieren",
        provider: "Anbieter",
        name: { veriff: "Veriff", au10tix: "AU10TIX" },
        begun: "Die Prüfung hat begonnen",
        copyThere:
          "Der Browser erlaubt nicht, den Link zu kopieren. Kopiere ihn bei der Anforderung der Nachweise.",
      },
      adjust: {
        title: "Guthaben von {{vendor}} anpassen",
        text: "Der Händler liest Betrag und Grund auf seiner Abrechnung.",
        confirm: "Buchen",
        direction: "Richtung",
        credit: "Der Händler bekommt mehr",
        charge: "Der Händler bekommt weniger",
        amount: "Betrag",
        currency: "Währung",
        typeAmount: "Gib den Betrag ein, zum Beispiel 12,50.",
        books: "Bucht {{amount}}",
      },
      writeOff: {
        title: "Abschreiben, was {{vendor}} schuldet",
        text: "Alles in einer Währung. Der Shop trägt es.",
        confirm: "Abschreiben",
      },
      profile: {
        title: "Angaben an MassPay weitergeben",
        text: "Was du eingibst, geht an MassPay und wird in diesem Shop nirgends gespeichert. Geändert wird nur, was ausgefüllt ist.",
        send: "An MassPay senden",
        nothing: "Fülle mindestens ein Feld aus.",
        sent: "MassPay hat die Angaben",
        complete: "Es fehlt nichts mehr.",
        stillMissing: "Es fehlt noch: {{fields}}.",
        notSent: "MassPay hat sie nicht genommen",
        cleared: "Zur Sicherheit wurden die Felder geleert.",
      },
      balances: {
        title: "Guthaben",
        empty: "Noch nichts verdient",
        open: "{{amount}} offen",
        owes: "Schuldet {{amount}}",
        due: "Fällig",
        held: "Zurückgehalten",
        in_transit: "Unterwegs",
        paid: "Ausgezahlt",
        reserved: "{{amount}} des Fälligen bleiben als Rücklage.",
        reservedUntil: "Weniger ab",
      },
      ledger: {
        title: "Buchungen",
        subtitle: "Jeder gebuchte Betrag dieses Händlers, der neueste zuerst",
        loading: "Buchungen werden geladen",
        empty: "Noch nichts gebucht",
        emptyText:
          "Die erste Buchung kommt mit der ersten abgerechneten Bestellung.",
        state: {
          open: "Offen",
          in_transit: "Unterwegs",
          paid: "Ausgezahlt",
          netted: "Verrechnet",
        },
      },
      payouts: {
        title: "Auszahlungen",
        loading: "Auszahlungen werden geladen",
        all: "Alle",
        empty: "Noch keine Auszahlungen",
        emptyText: "Der nächste Lauf macht eine, wenn etwas fällig ist.",
      },
      statement: {
        title: "Abrechnung",
        subtitle: "Anfangsstand, Buchungen, Auszahlungen und Endstand",
        currency: "Währung",
        from: "Von",
        to: "Bis einschließlich",
        csv: "Für eine Tabelle (CSV)",
        html: "Zum Lesen und Drucken (HTML)",
        noSpan: "Der erste Tag muss vor dem letzten liegen.",
        failed: "Die Abrechnung konnte nicht erstellt werden",
        empty: "Es gibt noch nichts abzurechnen",
      },
      terms: {
        title: "Zahlungsbedingungen",
        edit: "Ändern",
        editOf: "Zahlungsbedingungen von {{vendor}}",
        editText:
          "Was hier nicht gesetzt ist, gilt wie in den Optionen des Shops.",
        save: "Speichern",
        effect:
          "Sie gelten ab dem nächsten Lauf. Bestehende Auszahlungen bleiben.",
        schedule: "Auszahlung",
        next: "Nächste",
        minimum: "Kleinste Auszahlung",
        noMinimum: "Jeder Betrag",
        own: "eigene",
        shops: "die des Shops",
        asShop: "Wie in den Optionen des Shops",
        currency: "Währung",
        amount: "Betrag",
        add: "Währung hinzufügen",
        remove: "{{currency}} entfernen",
      },
      decisions: {
        title: "Entscheidungen",
        all: "Alle",
        empty: "Niemand hat etwas zu diesem Händler entschieden",
      },
    },

    // Where vendors are paid directly
    reasonFacts: {
      minimum: "Die kleinste Auszahlung ist {{amount}}.",
      maximum: "Das Ziel nimmt höchstens {{amount}} auf einmal.",
      reserve: "Mindestens {{amount}} werden als Rücklage einbehalten.",
      hold: "{{kind}}: {{reason}}",
      holdUntil: "{{kind}}, bis {{until}}: {{reason}}",
      missing: "Im Datensatz des Händlers im Shop fehlen: {{fields}}.",
    },
    autopayouts: {
      title: "Automatische Auszahlungen",
      subtitle:
        "Regeln, nach denen MassPay weiterschickt, was auf das Wallet des Händlers kommt",
      loading: "MassPay wird nach den Regeln gefragt",
      none: "Keine Regel",
      noneUnlinked:
        "Der Händler hat keinen Benutzer bei MassPay und damit kein Wallet.",
      noneYet:
        "Was eingeht, bleibt auf dem Wallet, bis der Händler es selbst abhebt.",
      noneFits:
        "Eine Regel braucht ein vollständiges Ziel, das in der Währung des Wallets auszahlt.",
      rule: "{{share}} von allem, was auf das Wallet in {{currency}} kommt",
      to: "an {{destination}}",
      toUnknown: "MassPay sagt nicht, wohin",
      add: {
        open: "Regel anlegen",
        title: "Automatisch auszahlen: {{vendor}}",
        text: "MassPay schickt den Anteil weiter, sobald Geld auf das Wallet kommt, an das Ziel des Händlers in dieser Währung.",
        destination: "An",
        share: "Anteil in Prozent",
        left: "Höchstens {{left}}: keine andere Regel für das Wallet in {{currency}} nimmt es.",
        typeShare:
          "Geben Sie einen Anteil über 0 und bis {{left}} ein, mit höchstens zwei Nachkommastellen.",
        effect:
          "{{share}} von allem, was auf das Wallet in {{currency}} kommt, geht ab der nächsten Zahlung an dieses Ziel. Was weitergeschickt wurde, lässt sich nicht zurückholen.",
        confirm: "Regel anlegen",
      },
      end: {
        open: "Beenden",
        of: "Beenden: {{rule}}",
        title: "Automatische Auszahlung beenden: {{vendor}}",
        effect:
          "Was auf das Wallet in {{currency}} kommt, bleibt ab jetzt dort.",
      },
    },
    destinations: {
      title: "Wie der Händler bezahlt wird",
      loading: "Die Ziele werden geladen",
      none: "Kein Ziel",
      noneUnlinked:
        "Der Händler braucht zuerst einen Benutzer bei MassPay, dann kann ein Ziel gewählt werden.",
      noneDirect: "Geld jeder Währung wartet, bis ein Ziel dafür gewählt ist.",
      noneWallet:
        "Es wird keines gebraucht: Geld geht auf das Wallet des Händlers bei MassPay.",
      earlier_one: "{{count}} früheres Ziel",
      earlier_other: "{{count}} frühere Ziele",
      currencies: "{{from}} in {{to}}",
      replaced: "ersetzt",
      checked: "Von MassPay zuletzt angeboten",
      returnedPayout: "Die Auszahlung, die zurückkam",
      fee: "Gebühr {{amount}}",
      noFee: "Gebühr nicht genannt",
      rate: "1 {{from}} sind etwa {{rate}} {{to}}",
      between: "{{min}} bis {{max}} auf einmal",
      from: "ab {{min}}",
      upTo: "bis {{max}} auf einmal",
      estimated: "Von MassPay geschätzte Ankunft:",
      delivery: {
        BANK_DEPOSIT: "Bankkonto",
        CASH_PICKUP: "Barauszahlung",
        HOME_DELIVERY: "Lieferung nach Hause",
        MOBILE_WALLET: "Mobiles Wallet",
        MASSPAY_CARD: "MassPay-Karte",
        PAPER_CHECK: "Papierscheck",
        BILL: "Rechnung",
        CRYPTOCURRENCY: "Kryptowährung",
      },
      status: {
        incomplete: "Angaben fehlen",
        ready: "Bereit",
        returned: "Geld kam zurück",
        gone: "Nicht mehr angeboten",
      },
      problem: {
        attributes_missing: "Die Angaben zum Ziel fehlen noch.",
        attributes_required:
          "MassPay will mehr Angaben, bevor es an dieses Ziel zahlt.",
        returned:
          "Geld, das an dieses Ziel gezahlt wurde, kam zurück. Ändern Sie es, oder verwenden Sie es erneut.",
        route_gone: "MassPay bietet diesen Weg nicht mehr an.",
        currency_gone:
          "MassPay zahlt auf diesem Weg zurzeit nicht in dieser Währung aus.",
        user_gone: "MassPay kennt diesen Benutzer nicht mehr.",
      },
      method: {
        wallet: "Auf das Wallet bei MassPay",
        direct: "Direkt an ein Ziel",
        change: "Art ändern",
        title: "Wie {{vendor}} bezahlt wird",
        text: "Auf ein Wallet, von dem der Händler abhebt, oder direkt auf ein Bankkonto, eine Karte oder an eine Barkasse.",
        effect: {
          wallet:
            "Ab dem nächsten Lauf geht Geld auf das Wallet des Händlers bei MassPay. Bestehende Auszahlungen bleiben, wie sie sind.",
          direct:
            "Ab dem nächsten Lauf geht Geld an das Ziel seiner Währung. Ohne ein bereites Ziel wartet es. Bestehende Auszahlungen bleiben, wie sie sind.",
          shop: "Ab dem nächsten Lauf wird der Händler bezahlt, wie es die Optionen des Shops sagen. Bestehende Auszahlungen bleiben, wie sie sind.",
        },
      },
      choose: {
        open: "Ziel wählen",
        another: "Anderes wählen",
        title: "Wohin {{vendor}} bezahlt wird",
        text: "MassPay wird gefragt, wie es den Händler jetzt bezahlen kann. Für jede Währung gibt es ein Ziel; ein anderes tritt an seine Stelle.",
        currency_code: "Geschuldete Währung",
        destination_currency_code: "Ankommende Währung",
        country_code: "Land",
        incomplete:
          "Geben Sie beide Währungen und das Land an, zum Beispiel USD, MXN und MX.",
        routes: "Zahlungswege",
        noRoute:
          "MassPay bietet keinen Weg, diese Währung in diesem Land in jener auszuzahlen. Oft zahlt es in der Währung des Landes.",
        foundBy: {
          best: "Die Wahl von MassPay.",
          cheapest:
            "MassPay nennt keinen besten Weg. Das sind die günstigsten jeder Art.",
          all: "MassPay nennt keinen besten Weg. Das sind alle, die es hat.",
        },
        feesFor:
          "Die Gebühren gelten für die {{amount}}, die jetzt fällig sind.",
        first: "Empfohlen",
        fits: {
          below_minimum: "Fällig ist zu wenig",
          above_maximum: "Fällig ist zu viel",
        },
        confirm: "Zu diesen Bedingungen wählen",
        done: "Ziel gewählt",
      },
      details: {
        give: "Angaben eintragen",
        change: "Angaben ändern",
        title: "{{name}}: {{kind}}",
        text: "Das will MassPay wissen. Die Antworten gehen direkt an MassPay weiter, und der Shop behält keine davon. Um eine zu ändern, werden alle neu eingetragen.",
        loading: "MassPay wird gefragt, was es wissen will",
        optional: "freiwillig",
        select: "Auswählen",
        hasValue: "MassPay hat eine Antwort",
        label: "Name dieses Ziels (freiwillig)",
        labelHint:
          "Er wird im Shop aufbewahrt, um Konten zu unterscheiden. Nichts vom Konto darf darin stehen.",
        byLink: "Weiteres über einen Link",
        byLinkText:
          "Das erhebt MassPay vom Händler über einen Link: {{what}}. Sobald die Angaben da sind, ist es eine Anforderung von Nachweisen.",
        send: "An MassPay senden",
        notSent: "Die Angaben sind nicht bestätigt",
        cleared: "Die Antworten wurden gelöscht. Tragen Sie sie erneut ein.",
        done: "MassPay hat die Angaben",
        problem: {
          required: "MassPay braucht das.",
          option: "Wählen Sie etwas aus der Liste.",
          pattern: "MassPay erwartet „{{field}}“ in anderer Form.",
          day: "Wählen Sie einen Tag.",
        },
      },
      again: {
        open: "Erneut verwenden",
        title: "{{name}} erneut verwenden",
        text: "Geld, das dorthin gezahlt wurde, kam zurück. Schreiben Sie, warum es doch richtig ist.",
        effect: "Ab dem nächsten Lauf geht wieder Geld dorthin.",
      },
    },

    // Papers
    kyc: {
      menu: "Nachweise",
      title: "Nachweise, die MassPay verlangt",
      loading: "Anforderungen werden geladen",
      none: "Es werden keine Nachweise verlangt",
      noneText:
        "Hier erscheint eine Anforderung, sobald MassPay Nachweise verlangt.",
      filteredEmpty: "Keine Anforderung passt",
      asked: "Was verlangt wird",
      kind: {
        identity: "Nachweis der Identität",
        bank_document: "Dokument der Bank",
        other: "Andere Nachweise",
      },
      stateLabel: "Stand",
      state: { open: "Offen", cleared: "Geschlossen" },
      link: {
        available: "Es gibt einen Link.",
        none: "MassPay hat keinen Link gegeben.",
        not_stored:
          "Der Link wurde nicht behalten: die Option encryptionKey fehlt.",
        unreadable: "Der Schlüssel, mit dem der Link behalten wurde, ist weg.",
        dropped: "Der Link wurde mit der Anforderung verworfen.",
      },
      clearReason: {
        payee_active: "MassPay hat den Händler entsperrt",
        payment_passed: "MassPay hat dem Händler wieder gezahlt",
        session_approved: "MassPay hat die Nachweise angenommen",
        session_over: "Die Prüfung ist vorbei",
        superseded: "Eine neuere Anforderung gilt",
        operator: "Von jemandem geschlossen",
      },
      age: "Alter",
      since: "Verlangt",
      mailed: "gemailt",
      blocks: "MassPay zahlt nichts, bis es diese Nachweise hat",
      blocksShort: "Hält Auszahlungen auf",
      wanted: "MassPay verlangt Nachweise",
      copy: "Link kopieren",
      copyOf: "Link kopieren für {{vendor}}",
      copied: "Der Link ist in deiner Zwischenablage",
      copiedText:
        "Gib ihn nur {{vendor}}: wer ihn hat, kann als dieser Händler handeln. Dass du ihn gesehen hast, ist vermerkt.",
      notCopied: "Der Link wurde nicht kopiert",
      clipboardRefused:
        "Der Browser erlaubt hier kein Kopieren. Öffne die Verwaltung über https, oder schicke dem Händler eine Mail.",
      resend: "Erneut mailen",
      resendTo: "Erneut mailen an {{vendor}}",
      resendText: "Der Händler bekommt den Link per Mail.",
      resendEffect:
        "Der Händler bekommt eine Mail mit dem, was MassPay verlangt, und dem Link, sofern es dann noch verlangt wird.",
      close: "Schließen",
      closeOf: "Schließen: Anforderung an {{vendor}}",
      closeText: "Für das, was anders geklärt wurde.",
      closeEffect:
        "Der Link wird verworfen. Auszahlungen, die darauf warteten, werden abgefragt und gehen weiter. Einem Händler, den MassPay gesperrt nennt, wird weiter nichts gesendet.",
    },

    // Approvals
    requests: {
      menu: "Freigaben",
      title: "Freigaben und Entscheidungen",
      what: "Was",
      who: "Von wem",
      stateLabel: "Stand",
      age: "Alter",
      action: {
        approve: "Auszahlung freigeben",
        reject: "Auszahlung ablehnen",
        void: "Auszahlung aufgeben",
        resolve: "Auszahlung abfragen",
        retry: "Auszahlung erneut senden",
        settle_elsewhere: "Auf anderem Weg bezahlt",
        reverse: "Auszahlung zurückholen",
        cancel: "Auszahlung bei MassPay stornieren",
        assert_not_executed: "Auszahlung wurde nicht ausgeführt",
        adjust: "Anpassung",
        write_off: "Abschreibung",
        confirm_user: "MassPay-Konto bestätigen",
        unlink: "MassPay-Konto trennen",
        pause: "Auszahlungen pausieren",
        resume: "Auszahlungen fortsetzen",
        set_terms: "Zahlungsbedingungen",
        pay_now: "Jetzt auszahlen",
        hold: "Geld zurückhalten",
        release_hold: "Zurückgehaltenes freigeben",
        link: "Mit MassPay verknüpfen",
        redrive_webhook: "Nachricht erneut aufnehmen",
        clear_kyc_request: "Anforderung von Nachweisen schließen",
        notify_kyc_request: "Anforderung von Nachweisen mailen",
        resend_notification: "Mitteilung erneut senden",
        record_funding_movement: "Bewegung einer Zahlungsquelle vermerken",
        attest_go_live: "Für einen Punkt der Prüfliste einstehen",
        withdraw_go_live: "Punkt der Prüfliste zurückziehen",
        reconcile: "Mit MassPay vergleichen",
        resolve_discrepancy: "Abweichung klären",
        choose_destination: "Auszahlungsziel wählen",
        give_destination_details: "Angaben zum Auszahlungsziel machen",
        use_destination_again: "Auszahlungsziel wieder verwenden",
        add_autopayout: "Regel für automatische Auszahlung anlegen",
        delete_autopayout: "Regel für automatische Auszahlung beenden",
        acknowledge_incident: "Alarm zur Kenntnis nehmen",
        allocate_refund: "Erstattung zuordnen",
      },
      state: {
        proposed: "Wartet auf eine zweite Person",
        done: "Erledigt",
        rejected: "Abgelehnt",
      },
      confirm: "Bestätigen",
      reject: "Ablehnen",
      withdraw: "Zurückziehen",
      own: "Deins",
      ownText: "Was du vorgeschlagen hast, muss jemand anders bestätigen.",
      proposedBecause: "Vorgeschlagen, weil: {{reason}}",
      empty: "Noch hat niemand etwas entschieden",
      emptyText: "Hier steht mit seinem Grund, was jemand getan hat.",
      filteredEmpty: "Nichts passt",
    },

    // Refunds to allocate
    refunds: {
      menu: "Erstattungen zuordnen",
      title: "Erstattungen zuordnen",
      order: "Bestellung",
      toOrder: "Zur Bestellung",
      unallocated: "Zuzuordnen",
      ofRefund: "von {{amount}} Erstattung",
      suggestion: "Vorschlag",
      platform: "Der Shop",
      age: "Erstattet",
      allocate: "Zuordnen",
      allocateTitle: "Wer trägt {{amount}}?",
      allocateText:
        "Der Kunde hat das zurückbekommen, und niemand hat gesagt, für welche Ware. Der Vorschlag richtet sich nach dem, was jeder von der Bestellung noch hat.",
      most: "höchstens {{amount}}",
      changes: "Was sich ändert",
      noChanges: "Kein Guthaben ändert sich.",
      doesNotAddUp: "Es geht noch nicht auf",
      notAnAmount: "Eines der Felder ist kein Betrag.",
      tooMuch: "{{amount}} zu viel.",
      tooLittle: "{{amount}} fehlen.",
      empty: "Nichts zuzuordnen",
      emptyText: "Von jeder Erstattung ist bekannt, welcher Händler sie trägt.",
      filteredEmpty: "Keine Erstattung passt",
    },

    // Holds
    holds: {
      menu: "Zurückgehalten",
      title: "Zurückgehaltenes Geld",
      what: "Was zurückgehalten wird, und warum",
      allOfOrder: "Alle Händler der Bestellung",
      kindLabel: "Art",
      kind: {
        dispute: "Streitfall",
        manual: "Zurückhalten",
        reserve: "Rücklage",
      },
      stateLabel: "Stand",
      state: { open: "Gilt", over: "Vorbei" },
      placed: "Seit",
      share_one: "{{percent}} % jeder neuen Einnahme, für {{count}} Tag",
      share_other: "{{percent}} % jeder neuen Einnahme, für {{count}} Tage",
      anOrder: "einer Bestellung",
      until: "bis",
      untilReleased: "bis jemand es freigibt",
      release: "Freigeben",
      releaseTitle: "Geld wieder freigeben",
      releaseText: "Vor der Zeit.",
      releaseEffect:
        "Was zurückgehalten wurde, geht mit dem nächsten Lauf weiter.",
      place: "Zurückhalten",
      placeTitle: "Geld zurückhalten",
      placeText: "Bis es freigegeben wird oder der letzte Tag vorbei ist.",
      placeEffect:
        "Solange wird nichts dieses Händlers eingesammelt, und wartende Auszahlungen werden nicht gesendet. Was zu MassPay unterwegs ist, wird nicht zurückgerufen.",
      reserveEffect:
        "Mindestens so viel des Fälligen bleibt hier. Bestehende Auszahlungen werden gesendet.",
      lastDay: "Letzter Tag (leer: bis zur Freigabe)",
      noneOfVendor: "Dieser Händler wird nicht aufgehalten",
      noneOfVendorText:
        "Was ganze Bestellungen aufhält, steht in der Liste des Zurückgehaltenen.",
      all: "Alles Zurückgehaltene",
      empty: "Nichts wird zurückgehalten",
      emptyText: "So wartet Geld, bis etwas geklärt ist.",
      filteredEmpty: "Nichts Zurückgehaltenes passt",
    },

    // Notifications
    notifications: {
      menu: "Mitteilungen",
      title: "Mitteilungen",
      what: "Was mitgeteilt wurde",
      to: "An",
      toBy: "{{audience}}, {{way}}",
      stateLabel: "Stand",
      age: "Alter",
      kind: {
        papers_needed: "Nachweise sind nötig",
        destination_changed:
          "Das Auszahlungsziel eines Händlers wurde geändert",
        destination_problem:
          "Ein Händler kann am gewählten Ziel nicht bezahlt werden",
        destination_flagged: "Ein Händler kann nicht direkt bezahlt werden",
        papers_accepted: "Nachweise wurden angenommen",
        payout_paid: "Eine Auszahlung kam an",
        payout_failed: "Eine Auszahlung scheiterte",
        account_locked: "Das MassPay-Konto ist gesperrt",
        papers_wanted: "MassPay verlangt Nachweise eines Händlers",
        payee_locked: "Ein Händler ist gesperrt",
        approval_waiting: "Eine Auszahlung wartet auf Freigabe",
        payout_parked: "Eine Auszahlung ist zu prüfen",
        payout_cancelled: "MassPay hat eine Auszahlung storniert",
        payout_paid_after_all: "Eine Auszahlung kam doch noch an",
        payout_adopted: "Eine Auszahlung wurde bei MassPay gefunden",
        funding_short: "Eine Zahlungsquelle reicht nicht",
        balance_negative: "Ein Händler schuldet etwas",
        incident_opened: "Ein Alarm wurde ausgelöst",
        incident_reminder: "Ein Alarm ist noch offen",
      },
      audience: { vendor: "Händler", operators: "Verwaltung" },
      way: { feed: "in der Verwaltung", mail: "per Mail" },
      state: {
        pending: "Wird gesendet",
        sent: "Übergeben",
        skipped: "Nicht mehr nötig",
        no_channel: "Kein Weg dafür",
        unclear: "Nicht bekannt, ob gesendet",
        failed: "Gescheitert",
      },
      detail: {
        over: "Es ist nicht mehr so",
        not_applicable: "Es gab nichts mitzuteilen",
        mails_off: "Mails sind abgeschaltet",
        no_address: "Es gibt keine Adresse",
        not_delivered: "Der Mail-Anbieter nahm sie nicht",
        earlier_try_unknown: "Ein früherer Versuch ging vielleicht hinaus",
      },
      resend: "Erneut senden",
      resendTitle: "Noch einmal senden",
      resendEffect:
        "Sie wird noch einmal auf jedem vorgesehenen Weg gesendet, sofern noch gilt, was sie mitteilt.",
      empty: "Noch wurde niemandem etwas mitgeteilt",
      emptyText:
        "Wortlaut und Adressen von Mitteilungen werden nirgends gespeichert.",
      filteredEmpty: "Keine Mitteilung passt",
    },

    // Messages
    webhooks: {
      menu: "Nachrichten",
      title: "Nachrichten von MassPay",
      what: "Art",
      about: "Worüber",
      stateLabel: "Stand",
      truth: "MassPay sagt",
      age: "Empfangen",
      kind: {
        payout: "Auszahlung",
        load: "Gutschrift",
        spendback: "Rückbuchung",
        user: "Konto",
        tax: "Steuer",
        balance_credit: "Zahlungsquelle",
        unknown: "Unbekannte Art",
        unreadable: "Nicht lesbar",
      },
      state: {
        received: "Wird abgefragt",
        applied: "Übernommen",
        ignored: "Ohne Folge",
        dead: "Braucht jemanden",
      },
      reason: {
        foreign: "Sie betrifft niemanden dieses Shops",
        unknown_type: "Eine Art, die diese Version nicht kennt",
        unreadable: "Sie war nicht lesbar",
        no_object: "Sie nennt nichts, wonach man fragen könnte",
        noted: "Nur behalten: daraus folgt nichts",
        unknown_operation:
          "Sie trägt das Zeichen dieses Shops, und die Bücher kennen sie nicht",
        not_applied: "Das Gelesene ließ sich mehrmals nicht übernehmen",
      },
      redrive: "Erneut aufnehmen",
      redriveTitle: "Nachricht erneut aufnehmen",
      redriveText: "Was sie behauptet, wird nie übernommen.",
      redriveEffect:
        "MassPay wird noch einmal nach dem gefragt, was sie nennt, als wäre sie eben gekommen.",
      empty: "Noch keine Nachrichten",
      emptyText: "Hier bleiben die signierten Nachrichten von MassPay.",
      filteredEmpty: "Keine Nachricht passt",
    },

    // Reconciliation
    reconciliation: {
      menu: "Abgleich",
      title: "Abweichungen zwischen den Büchern und MassPay",
      what: "Was",
      stateLabel: "Stand",
      severityLabel: "Gewicht",
      classLabel: "Klasse",
      about: "Worum es geht",
      payout: "Auszahlung",
      sides: "Beide Seiten",
      compare: "Vergleichen",
      ours: "Die Bücher",
      theirs: "MassPay",
      nothingThere: "Nichts",
      since: "Seit",
      class: {
        D01: "MassPay zeigt ein Ergebnis, das hier nicht bekannt war",
        D02: "MassPay hat nachweislich nicht, was hier nicht bekannt war",
        D03: "Hier abgeschlossen; bei MassPay storniert oder in Arbeit",
        D04: "Hier aufgegeben; von MassPay ausgezahlt",
        D05: "Hier abgeschlossen; MassPay zeigt es nicht",
        D06: "MassPay hat es mit dem Zeichen dieses Shops; die Bücher kennen es nicht",
        D07: "In der Oberfläche von MassPay ausgezahlt",
        D08: "Betrag, Währung oder Konto weichen vom Auftrag ab",
        D09: "Mehr als eine Gutschrift für eine Auszahlung",
        D10: "Ein Händler hat Geld einer aufgegebenen Auszahlung",
        D11: "Eine Zahlungsquelle bewegte sich um mehr, als erklärt ist",
        D12: "Das Konto eines Händlers wurde gesperrt, entsperrt oder geschlossen",
        D13: "Eine Abhebung hat einen anderen Stand",
        D14: "Eine Rückbuchung oder Rückholung weicht ab",
        D15: "Eine Regel der Bücher gilt nicht",
      },
      action: {
        flagged: "Angezeigt; nichts wurde geändert",
        truth_applied: "Was MassPay sagt, wurde festgehalten",
        may_be_sent_again:
          "Es darf unter derselben Kennung erneut gesendet werden",
        adopted_and_paused: "Festgehalten, und der Händler pausiert",
        vendor_paused: "Der Händler wurde pausiert",
        payout_frozen_and_vendor_paused:
          "Die Auszahlung wartet auf jemanden, und der Händler wurde pausiert",
        netted_by_next_payouts:
          "Mit den nächsten Auszahlungen des Händlers verrechnet",
        vendor_read_again: "Der Händler wurde neu gelesen",
        mirror_updated: "Der neue Stand wird angezeigt",
        dispatch_stopped: "Das Senden wurde angehalten",
      },
      severity: {
        info: "Zur Kenntnis",
        warn: "Zu beobachten",
        high: "Hoch",
        critical: "Kritisch",
      },
      state: { open: "Offen", resolved: "Geklärt", healed: "Geheilt" },
      empty: "Keine Abweichungen",
      emptyText:
        "Die Bücher und MassPay stimmen in allem Verglichenen überein.",
      filteredEmpty: "Keine Abweichung passt",
      resolve: "Klären",
      resolveTitle: "Abweichung als geklärt vermerken",
      resolveEffect:
        "Es bleibt festgehalten, wer hingesehen hat und warum sie ruhen darf. Das bewegt kein Geld und setzt niemanden fort.",
      runs: "Vergleiche",
      runsText: "Die letzten, ob von selbst begonnen oder angestoßen",
      loading: "Vergleiche werden geladen",
      noRuns: "Noch wurde nichts verglichen",
      noRunsText: "Der erste Vergleich beginnt von selbst.",
      kind: {
        sweep: "Letzte Tage",
        sweep_long: "Letzte fünf Wochen",
        deep: "Händler für Händler",
        manual: "Von jemandem genannte Tage",
      },
      status: {
        running: "Läuft",
        complete: "Vollständig",
        incomplete: "Unvollständig",
        failed: "Gescheitert",
      },
      days: "{{from}} bis {{to}}",
      read: "{{rows}} Transaktionen und {{payees}} Händler gelesen",
      found: "Abweichungen: {{found}}, geheilt: {{healed}}",
      unread_one: "{{count}} Händler konnte nicht gelesen werden",
      unread_other: "{{count}} Händler konnten nicht gelesen werden",
      file: {
        discrepancies: "Abweichungen (CSV)",
        transactions: "Vorgänge (CSV)",
      },
      noFile: "Die Datei konnte nicht erstellt werden",
      start: "Jetzt vergleichen",
      startTitle: "Die Bücher mit MassPay vergleichen",
      startText: "Für Tage, die du nennst, ganz und in UTC.",
      startEffect:
        "Gelesen werden die Vorgänge bei MassPay an diesen Tagen und alles zu jedem seither bezahlten Händler. Was nachweislich so ist, wird festgehalten; gesendet wird nichts.",
      started: "Er beginnt innerhalb einer Minute",
    },

    // Go-live
    goLive: {
      menu: "Vor dem Start",
      title: "Bevor der Shop wirklich auszahlt",
      subtitle: "Jedes Mal neu angesehen",
      checked: "Angesehen",
      loading: "Alles wird angesehen; auch MassPay wird gefragt",
      again: "Erneut ansehen",
      ready: "Bereit",
      readyText: "Nichts ist falsch, und für den Rest steht jemand ein.",
      notReady: "Noch nicht bereit",
      notReadyText:
        "{{failed}} nicht in Ordnung, für {{attest}} muss jemand einstehen.",
      item: {
        environment: "Umgebung",
        api_key: "API-Schlüssel",
        ip_address: "Adresse des Servers",
        clock: "Uhren",
        funding: "Zahlungsquellen",
        webhook_secret: "Webhook-Geheimnis",
        webhook_delivery: "Webhook-Zustellung",
        jobs: "Geplante Läufe",
        dispatch: "Senden",
        notifications: "Mitteilungen",
        encryption_key: "Schlüssel für Links",
        payees: "Händler",
        wallet_minimums: "Mindestbeträge, Wallet",
        direct_minimums: "Mindestbeträge, direkt",
        invariants: "Bücher",
        shared_modules: "Mehrere Instanzen",
        kyb: "KYB abgeschlossen",
        sandbox_rehearsal: "Probelauf",
        ip_allowlist: "Liste erlaubter Adressen",
        reconciliation_plan: "Plan für den Abgleich",
      },
      state: {
        passed: "In Ordnung",
        failed: "Nicht in Ordnung",
        warning: "Anzusehen",
        attest_needed: "Jemand muss dafür einstehen",
        not_applicable: "Trifft nicht zu",
      },
      fix: "Zu tun:",
      attest: "Dafür einstehen",
      attestTitle: "Einstehen für: {{title}}",
      attestEffect:
        "Es wird mit deinem Namen und damit, woher du es weißt, behalten. Es bewegt kein Geld und schaltet nichts ein.",
      renew: "Erneut einstehen",
      withdraw: "Zurückziehen",
      withdrawTitle: "Zurückziehen: {{title}}",
      withdrawEffect:
        "Der Punkt wartet wieder auf jemanden. Was gesagt wurde, bleibt.",
      history_one: "{{count}} Aussage",
      history_other: "{{count}} Aussagen",
      did: {
        attested: "{{actor}} steht dafür ein",
        withdrawn: "{{actor}} hat es zurückgezogen",
      },
    },

    // Settings
    settings: {
      menu: "Einstellungen",
      title: "Einstellungen",
      subtitle:
        "Die Optionen des Plugins, wie sie gelten. Geändert werden sie in der Konfiguration des Shops.",
      loading: "Einstellungen werden geladen",
      set: "Gesetzt",
      notSet: "Nicht gesetzt",
      changed: "Geändert",
      none: "Keine",
      yes: "Ja",
      no: "Nein",
      group: {
        connection: "Verbindung zu MassPay",
        webhooks: "Nachrichten von MassPay",
        marketplace: "Marktplatz",
        settlement: "Was Händlern zusteht",
        payouts: "Auszahlungen",
        direct: "Direkte Auszahlungen",
        clawback: "Geld zurückbekommen",
        funding: "Zahlungsquellen",
        vendors: "Händler-API",
        notifications: "Mitteilungen",
        limits: "Grenzen",
        jobs: "Läufe",
        retention: "Aufbewahrung",
      },
    },
  },
}
