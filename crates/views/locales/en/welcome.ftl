# Welcome: the four doors of the demonstration.
welcome-page = Welcome
welcome-title = Someone local is still awake.
welcome-lead = { $offices ->
    [one] One tourist office
   *[other] { $offices } tourist offices
} of { $region } keep one watch together, in the evening and at the weekend. Come in as whom you like.
welcome-planner = Planner
welcome-planner-does = { $name } builds the shared rota at { $office }, and sees that it is fair.
welcome-advisor = Advisor
welcome-advisor-does = { $name } of { $office } is on duty and answers for every office.
welcome-manager = Manager
welcome-manager-does = { $name } buys coverage for { $office } and sees what it brings.
welcome-visitor = Visitor
welcome-visitor-does = You are in town tonight and have a question for { $office }.
welcome-hint = Everything here is invented, and you may change all of it. The clock above jumps to other hours. On the page Privacy the manager finds the visitor emma@visitors.example.
